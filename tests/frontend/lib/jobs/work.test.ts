import { afterEach, expect, test } from 'vitest';
import { cancelAll, foremost, startJob, type AnyJob } from '../../../../frontend/src/lib/jobs/work.ts';

afterEach(() => cancelAll());

function held(title: string) {
  const ends = Promise.withResolvers<string>();
  const job = startJob({ title, items: [1], nameOf: String, at_once: 1, run: () => ends.promise });
  return { job, end: () => (ends.resolve(''), job.ended()) };
}

const titleIn = (jobs: readonly AnyJob[]) => foremost(jobs)?.get().title;

test('an older job that still runs comes before a newer one that has ended', async () => {
  const older = held('older');
  const newer = held('newer');
  const jobs = [newer.job, older.job];
  expect(titleIn(jobs)).toBe('newer');
  await newer.end();
  expect(titleIn(jobs)).toBe('older');
  await older.end();
  expect(titleIn(jobs)).toBe('newer');
});

test('nothing is foremost where there is nothing', () => {
  expect(foremost([])).toBeUndefined();
});
