import { Text, Title } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { ServerJob } from '../../lib/data/server-jobs.ts';
import { formatTime } from '../../lib/format.ts';
import classes from './job-page.module.css';
import { JobProgress } from './job-progress.tsx';
import { JobState } from './job-state.tsx';
import { Trouble } from './trouble.tsx';

interface JobHeaderProps {
  readonly job: ServerJob;
  readonly title: string;
  /** The list it is on. */
  readonly back: { readonly path: string; readonly text: string };
  /** What there is to say of it, below its title. */
  readonly facts: readonly string[];
  /** How far it is, beside its state. */
  readonly far: readonly string[];
  readonly hasBar?: boolean;
  /** What can be done with it. */
  readonly children: ReactNode;
}

/** What it is, how far it is, and what can be done with it. */
export function JobHeader({ job, title, back, facts, far, hasBar = true, children }: JobHeaderProps) {
  return (
    <header className={classes.header}>
      <Link to={back.path} className={classes.back}>
        <IconChevronLeft size={18} stroke={1.6} aria-hidden />
        {back.text}
      </Link>
      <div className={classes.top}>
        <div className={classes.what}>
          <Title order={1} size="h2">
            {title}
          </Title>
          <Text c="dimmed" size="sm" title={formatTime(job.created_at)}>
            {facts.join(' · ')}
          </Text>
        </div>
        <div className={classes.actions}>{children}</div>
      </div>
      {hasBar && <JobProgress job={job} size={8} />}
      <p className={classes.line}>
        <JobState job={job} />
        <span className={classes.far}>{far.join(' · ')}</span>
      </p>
      <Trouble job={job} />
    </header>
  );
}
