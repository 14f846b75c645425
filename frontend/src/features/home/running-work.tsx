import { Progress, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useExternal } from '../../lib/api/external.ts';
import { useBatches } from '../../lib/data/batches.ts';
import { isOpenJob } from '../../lib/data/server-jobs.ts';
import { isOpen, overIn, shareOf } from '../../lib/jobs/job.ts';
import { useJobs, type AnyJob } from '../../lib/jobs/work.ts';
import { JobProgress } from '../../ui/job/job-progress.tsx';
import { progressParts } from '../../ui/job/sentence.ts';
import classes from './studio.module.css';
import { words } from './words.ts';

/** A line for whatever runs, in this tab or on the server; the switches are in the top line. */
export function RunningWork() {
  const jobs = useJobs();
  const batches = useBatches().data?.filter(isOpenJob) ?? [];
  return (
    <section aria-label={words.working} className={classes.work}>
      {jobs.map((job) => (
        <Line key={job.get().id} job={job} />
      ))}
      {batches.map((batch) => (
        <div key={batch.id} className={classes.running}>
          <Text size="sm">
            <Link to={`/batches/${batch.id}`}>{batch.name}</Link> {progressParts(batch).join(' · ')}
          </Text>
          <JobProgress job={batch} />
        </div>
      ))}
    </section>
  );
}

function Line({ job }: { job: AnyJob }) {
  const state = useExternal(job);
  const { title, link, counts, tasks } = state;
  if (!isOpen(state)) return null;
  return (
    <div className={classes.running}>
      <Text size="sm">
        {link === '' ? title : <Link to={link}>{title}</Link>} {words.samples.running(overIn(counts), tasks.length)}
      </Text>
      <Progress size={6} value={shareOf(state) * 100} aria-label={title} />
    </div>
  );
}
