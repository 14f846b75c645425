/** What the ring shows of a piece of work, whoever does it. */
import { isOpenJob, partOf, type ServerJob } from '../../lib/data/server-jobs.ts';
import { isOpen, shareOf, type JobState } from '../../lib/jobs/job.ts';

export interface RingLook {
  /** 0 to 1 */
  readonly share: number;
  readonly failed: boolean;
  readonly state: 'running' | 'paused' | 'ended';
}

export const lookOfJob = (job: JobState): RingLook => ({
  share: shareOf(job),
  failed: job.counts.failed > 0,
  state: stateOf(isOpen(job), job.state),
});

/** Of all of it together, by its pictures: one says nothing of the others. */
export function lookOfServer(jobs: readonly ServerJob[]): RingLook {
  const total = sumOf(jobs, (job) => job.total);
  const over = sumOf(jobs, (job) => partOf(job) * job.total);
  return {
    share: total === 0 ? 0 : over / total,
    failed: jobs.some(({ counts }) => counts.failed > 0),
    state: stateOf(jobs.some(isOpenJob), jobs.every(({ state }) => state === 'paused') ? 'paused' : 'running'),
  };
}

const sumOf = (jobs: readonly ServerJob[], of: (job: ServerJob) => number): number =>
  jobs.reduce((sum, job) => sum + of(job), 0);

function stateOf(open: boolean, state: string): RingLook['state'] {
  if (!open) return 'ended';
  return state === 'paused' ? 'paused' : 'running';
}
