/** Every job of this tab, for the ring in the top line and its drawer. */
import { useEffect } from 'react';
import { External, useExternal } from '../api/external.ts';
import { isOpen, Job, type JobWish } from './job.ts';

/** A job whatever its items are. */
export type AnyJob = Pick<Job<unknown>, 'get' | 'follow' | 'pause' | 'resume' | 'cancel' | 'retry'>;

const jobs = new External<readonly AnyJob[]>([]);
let started = 0;

/** Begins at once. Goes on while people look at other pages. */
export function startJob<T>(wish: Omit<JobWish<T>, 'id'>): Job<T> {
  started += 1;
  const job = new Job({ ...wish, id: `job-${started}` });
  jobs.set([job, ...jobs.get()]);
  tellOfEach(job);
  return job;
}

/** Whoever follows the list hears of each beginning, pause and end; of progress only who follows the job. */
function tellOfEach(job: AnyJob): void {
  let before = job.get().state;
  job.follow(() => {
    if (job.get().state === before) return;
    before = job.get().state;
    jobs.set([...jobs.get()]);
  });
}

/** What is worth showing where there is room for one: the newest that goes on, else the newest. */
export const foremost = (all: readonly AnyJob[]): AnyJob | undefined => all.find((job) => isOpen(job.get())) ?? all[0];

/** Takes what has ended out of the list. */
export const clearEnded = (): void => jobs.set(jobs.get().filter((job) => isOpen(job.get())));

/** Takes one out of the list. */
export const dropJob = (job: AnyJob): void => jobs.set(jobs.get().filter((each) => each !== job));

/** When somebody signs out: nothing goes on in the name of who left. */
export function cancelAll(): void {
  for (const job of jobs.get()) job.cancel();
  jobs.set([]);
}

export const useJobs = (): readonly AnyJob[] => useExternal(jobs);

/** Asks before the tab is closed while something runs. */
export function useCloseGuard(): void {
  useEffect(() => {
    const guard = (event: BeforeUnloadEvent) => {
      if (jobs.get().some((job) => isOpen(job.get()))) event.preventDefault();
    };
    addEventListener('beforeunload', guard);
    return () => removeEventListener('beforeunload', guard);
  }, []);
}
