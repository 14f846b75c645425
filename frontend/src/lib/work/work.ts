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
  return job;
}

/** Takes what has ended out of the list. */
export const clearEnded = (): void => jobs.set(jobs.get().filter((job) => isOpen(job.get())));

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
