import { IconAlertTriangle, IconHourglass } from '@tabler/icons-react';
import type { ServerJob } from '../../lib/data/server-jobs.ts';
import classes from './trouble.module.css';
import { troubleText } from './sentence.ts';

/** What holds it up at present, or why it could not begin. */
export function Trouble({ job }: { job: Pick<ServerJob, 'state' | 'trouble'> }) {
  const text = troubleText(job);
  if (text === '') return null;
  const Glyph = job.state === 'failed' ? IconAlertTriangle : IconHourglass;
  return (
    <p className={classes.trouble} data-tone={job.state === 'failed' ? 'bad' : 'passing'} role="status">
      <Glyph size={20} stroke={1.6} aria-hidden />
      {text}
    </p>
  );
}
