import { Progress } from '@mantine/core';
import { partOf, type ServerJob } from '../../lib/data/server-jobs.ts';

/** How much is done, and how much of that failed. */
export function JobProgress({ job, size = 6 }: { job: ServerJob; size?: number }) {
  const { total, counts, state } = job;
  const share = (count: number): number => (total === 0 ? 0 : (count / total) * 100);
  return (
    <Progress.Root
      size={size}
      role="progressbar"
      aria-label={job.name}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(partOf(job) * 100)}
    >
      <Progress.Section
        withAria={false}
        value={share(counts.done)}
        color={state === 'cancelled' ? 'var(--ink-2)' : 'var(--accent)'}
      />
      {counts.failed > 0 && <Progress.Section withAria={false} value={share(counts.failed)} color="var(--red)" />}
    </Progress.Root>
  );
}
