import { Text, Title } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Batch } from '../../lib/data/batches.ts';
import { isOpenJob } from '../../lib/data/server-jobs.ts';
import { formatTime } from '../../lib/format.ts';
import { JobProgress } from '../../ui/job/job-progress.tsx';
import { JobState } from '../../ui/job/job-state.tsx';
import { progressParts } from '../../ui/job/sentence.ts';
import { Trouble } from '../../ui/job/trouble.tsx';
import { BatchActions } from './batch-actions.tsx';
import classes from './batch.module.css';
import { factsOf, titleOfBatch } from './facts.ts';
import { usePresetTitle } from './preset-title.ts';
import type { Deeds } from './use-deeds.ts';
import { words } from './words.ts';

/** What it is, how far it is, and what can be done with it. */
export function BatchHeader({ batch, deeds }: { batch: Batch; deeds: Deeds }) {
  const titleOf = usePresetTitle();
  return (
    <header className={classes.header}>
      <Link to="/batches" className={classes.back}>
        <IconChevronLeft size={18} stroke={1.6} aria-hidden />
        {words.back}
      </Link>
      <div className={classes.top}>
        <div className={classes.what}>
          <Title order={1} size="h2">
            {titleOfBatch(batch, titleOf)}
          </Title>
          <Text c="dimmed" size="sm" title={formatTime(batch.created_at)}>
            {factsOf(batch, titleOf).join(' · ')}
          </Text>
        </div>
        <div className={classes.actions}>
          <BatchActions batch={batch} deeds={deeds} />
        </div>
      </div>
      {(batch.total > 0 || isOpenJob(batch)) && <JobProgress job={batch} size={8} />}
      <p className={classes.line}>
        <JobState job={batch} />
        <span className={classes.far}>{progressParts(batch).join(' · ')}</span>
      </p>
      <Trouble job={batch} />
    </header>
  );
}
