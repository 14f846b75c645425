import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem } from '../../../../frontend/src/lib/api/problem.ts';
import { Job, timeLeft, type JobWish } from '../../../../frontend/src/lib/jobs/job.ts';

/** A job over numbers whose tasks end when the test says so. */
function held(items: readonly number[], more: Partial<JobWish<number>> = {}) {
  const going = new Map<number, PromiseWithResolvers<string>>();
  const job = new Job<number>({
    id: 'a',
    title: 'Numbers',
    items,
    nameOf: String,
    at_once: 2,
    run: (item, { signal }) => {
      const ends = Promise.withResolvers<string>();
      signal.addEventListener('abort', () => ends.reject(new DOMException('gone', 'AbortError')));
      going.set(item, ends);
      return ends.promise;
    },
    ...more,
  });
  const finish = async (item: number): Promise<void> => {
    going.get(item)?.resolve('');
    await settled();
  };
  const fail = async (item: number, error: Error): Promise<void> => {
    going.get(item)?.reject(error);
    await settled();
  };
  return { job, going, finish, fail };
}

const settled = () => vi.advanceTimersByTimeAsync(150);
const broken = () => new ApiProblem({ code: 'broken_image', detail: 'It cannot be decoded.', status: 422 });
const busy = (retry_after_s: number) =>
  new ApiProblem({ code: 'too_many_requests', detail: 'Too many.', status: 429 }, retry_after_s);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('Job', () => {
  it('runs no more at once than it was told, in order, and ends', async () => {
    const { job, going, finish } = held([1, 2, 3]);
    expect([...going.keys()]).toEqual([1, 2]);
    await finish(1);
    expect([...going.keys()]).toEqual([1, 2, 3]);
    await finish(2);
    await finish(3);
    expect((await job.ended()).counts).toEqual({ waiting: 0, running: 0, done: 3, failed: 0 });
    expect(job.get().state).toBe('done');
  });

  it('begins nothing new while it is paused, finishes what runs, and goes on', async () => {
    const { job, going, finish } = held([1, 2, 3]);
    job.pause();
    await finish(1);
    expect([...going.keys()]).toEqual([1, 2]);
    expect(job.get().counts).toEqual({ waiting: 1, running: 1, done: 1, failed: 0 });
    job.resume();
    expect([...going.keys()]).toEqual([1, 2, 3]);
  });

  it('keeps the reason of what failed and runs only that again', async () => {
    const { job, going, finish, fail } = held([1, 2]);
    await fail(1, broken());
    await finish(2);
    expect(job.get().state).toBe('done');
    expect(job.get().tasks[0]).toMatchObject({ state: 'failed', note: broken().message });
    going.clear();
    job.retry();
    expect([...going.keys()]).toEqual([1]);
    await finish(1);
    expect(job.get()).toMatchObject({ state: 'done', counts: { done: 2, failed: 0 } });
  });

  it('stays done when there is nothing to try again', async () => {
    const { job, finish } = held([1]);
    await finish(1);
    job.retry();
    expect(job.get().state).toBe('done');
  });

  it('stops what runs when it is cancelled, begins nothing more, and takes nothing more', async () => {
    const { job, going } = held([1, 2, 3]);
    job.cancel();
    await settled();
    job.add([4]);
    job.retry();
    expect([...going.keys()]).toEqual([1, 2]);
    expect(job.get()).toMatchObject({ state: 'cancelled', counts: { waiting: 3, running: 0, failed: 0 } });
    expect((await job.ended()).state).toBe('cancelled');
  });

  it('waits as long as a busy gateway asks, and then does it', async () => {
    let asked = 0;
    const job = new Job<number>({
      id: 'a',
      title: '',
      items: [1],
      nameOf: String,
      at_once: 1,
      run: () => ((asked += 1) === 1 ? Promise.reject(busy(7)) : Promise.resolve('')),
    });
    await vi.advanceTimersByTimeAsync(6900);
    expect(asked).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toBe(2);
    expect(job.get().state).toBe('done');
  });

  it('does not wait on when it is cancelled meanwhile', async () => {
    let asked = 0;
    const run = () => {
      asked += 1;
      return Promise.reject(busy(7));
    };
    const job = new Job<number>({ id: 'a', title: '', items: [1], nameOf: String, at_once: 1, run });
    await settled();
    job.cancel();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toBe(1);
    expect(job.get().counts).toMatchObject({ running: 0, waiting: 1 });
  });

  it('takes more while it runs, and begins again where it was done', async () => {
    const { job, finish } = held([1]);
    job.add([2]);
    await finish(1);
    await finish(2);
    expect(job.get().state).toBe('done');
    job.add([3]);
    await settled();
    expect(job.get()).toMatchObject({ state: 'running', counts: { done: 2, running: 1 } });
    await finish(3);
    expect(job.get().state).toBe('done');
  });

  it('tells of ten thousand quick tasks in few steps', async () => {
    const items = Array.from({ length: 10_000 }, (_, at) => at);
    const job = new Job<number>({
      id: 'a',
      title: '',
      items,
      nameOf: String,
      at_once: 3,
      run: async (_, { progress }) => {
        progress(0.5);
        return Promise.resolve('');
      },
    });
    let told = 0;
    job.follow(() => (told += 1));
    await vi.runAllTimersAsync();
    expect(job.get()).toMatchObject({ state: 'done', counts: { waiting: 0, running: 0, done: 10_000, failed: 0 } });
    expect(told).toBeLessThan(10);
  });
});

describe('timeLeft', () => {
  it('is known once something is done', () => {
    const { job } = held([1, 2, 3]);
    expect(timeLeft(job.get(), job.get().started_at + 1000)).toBeUndefined();
    const half = { ...job.get(), counts: { waiting: 2, running: 0, done: 1, failed: 0 } };
    expect(timeLeft(half, half.started_at + 1000)).toBe(2000);
  });

  it('does not count the time in which it was paused', async () => {
    const { job, finish } = held([1, 2, 3, 4]);
    await vi.advanceTimersByTimeAsync(1000);
    await finish(1);
    job.pause();
    await vi.advanceTimersByTimeAsync(3_600_000);
    job.resume();
    expect(timeLeft(job.get())).toBeLessThan(5000);
  });
});
