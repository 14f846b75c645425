import { Text, Title } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { Link } from 'react-router';
import { formatAgo, formatTaken, formatTime } from '../../lib/format.ts';
import type { Import } from '../../lib/data/imports.ts';
import { isOpenJob } from '../../lib/data/server-jobs.ts';
import { JobProgress } from '../../ui/job/job-progress.tsx';
import { JobState } from '../../ui/job/job-state.tsx';
import { progressParts } from '../../ui/job/sentence.ts';
import { Trouble } from '../../ui/job/trouble.tsx';
import { ImportActions } from './import-actions.tsx';
import classes from './import.module.css';
import type { Deeds } from './use-deeds.ts';
import { words } from './words.ts';

/** What it is, how far it is, and what can be done with it. */
export function ImportHeader({ fetched, deeds }: { fetched: Import; deeds: Deeds }) {
  return (
    <header className={classes.header}>
      <Link to="/batches?show=imports" className={classes.back}>
        <IconChevronLeft size={18} stroke={1.6} aria-hidden />
        {words.page.back}
      </Link>
      <div className={classes.top}>
        <div className={classes.what}>
          <Title order={1} size="h2">
            {fetched.name}
          </Title>
          <Text c="dimmed" size="sm" title={formatTime(fetched.created_at)}>
            {factsOf(fetched).join(' · ')}
          </Text>
        </div>
        <div className={classes.actions}>
          <ImportActions fetched={fetched} deeds={deeds} />
        </div>
      </div>
      <JobProgress job={fetched} size={8} />
      <p className={classes.line}>
        <JobState job={fetched} />
        <span className={classes.far}>{[...progressParts(fetched), ...cameOf(fetched)].join(' · ')}</span>
      </p>
      <Trouble job={fetched} />
    </header>
  );
}

function factsOf(fetched: Import): readonly string[] {
  const { created_at, ended_at } = fetched;
  const parts = [words.page.began(formatAgo(created_at))];
  if (!isOpenJob(fetched) && ended_at !== '') {
    parts.push(words.page.took(formatTaken(Date.parse(ended_at) - Date.parse(created_at))));
  }
  return parts;
}

/** How many were new, and how many had been there. */
export function cameOf({ counts, fresh }: Pick<Import, 'counts' | 'fresh'>): readonly string[] {
  const known = counts.done - fresh;
  return [...(fresh > 0 ? [words.page.fresh(fresh)] : []), ...(known > 0 ? [words.page.known(known)] : [])];
}
