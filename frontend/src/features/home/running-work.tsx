import { Progress, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useExternal } from '../../lib/api/external.ts';
import { isOpen, overIn, shareOf } from '../../lib/jobs/job.ts';
import { useJobs, type AnyJob } from '../../lib/jobs/work.ts';
import classes from './studio.module.css';
import { words } from './words.ts';

/** A line for each job that runs; the switches are in the top line. */
export function RunningWork() {
  const jobs = useJobs();
  return (
    <section aria-label={words.working} className={classes.work}>
      {jobs.map((job) => (
        <Line key={job.get().id} job={job} />
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
