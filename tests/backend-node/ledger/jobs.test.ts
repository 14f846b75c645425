/** What callers may do with a job, and when. */
import { describe, expect, test } from 'vitest';
import { itemPage } from '../../../backend-node/src/ledger/item-page.ts';
import type { NewItem } from '../../../backend-node/src/ledger/items.ts';
import { shownJob } from '../../../backend-node/src/ledger/shown.ts';
import type { ItemRow, JobRow } from '../../../backend-node/src/store/rows.ts';
import { ANNA, blank, Craft, toldOf, until, type Bench } from './bench.ts';
import { onBothStores } from './stores.ts';

const STATES = ['preparing', 'running', 'paused', 'done', 'partial', 'failed', 'cancelled'] as const;
type Verb = 'pause' | 'resume' | 'cancel' | 'retryFailed' | 'delete';
const ALLOWED: Readonly<Record<Verb, readonly JobRow['state'][]>> = {
  pause: ['running'],
  resume: ['paused'],
  cancel: ['running', 'paused'],
  retryFailed: ['running', 'paused', 'done', 'partial', 'failed'],
  delete: ['done', 'partial', 'failed', 'cancelled'],
};
const VERBS = Object.keys(ALLOWED) as Verb[];
const BEN = { who: { id: 'ben' }, request: 'r2' };

/** A job of two items in this state; the first one failed. */
async function inState({ store, begin, items, row }: Bench, state: JobRow['state']): Promise<JobRow> {
  const job = await begin(2);
  const [first] = await items(job);
  if (first) await set(store, { ...first, state: 'failed', attempts: 1, strikes: 3, code: 'worker_lost' });
  await store.write([{ update: 'jobs', row: { ...(await row(job)), state } }]);
  return row(job);
}

const set = (store: Bench['store'], row: ItemRow) => store.write([{ update: 'items', row }]);
const REFUSED = { code: 'invalid_transition', status: 409 };

onBothStores((fresh) => {
  describe('E1 from a state that does not allow it', () => {
    test.each(VERBS)('%s is refused and changes nothing', async (verb) => {
      const bench = fresh();
      for (const state of STATES.filter((each) => !ALLOWED[verb].includes(each))) {
        const job = await inState(bench, state);
        await expect(bench.jobs[verb](ANNA, job.id), state).rejects.toMatchObject(REFUSED);
        expect(await bench.row(job)).toEqual(job);
      }
    });

    test.each(VERBS)('%s of another’s job, or of one of another kind, finds none', async (verb) => {
      const bench = fresh();
      const job = await inState(bench, ALLOWED[verb][0] ?? 'running');
      await expect(bench.jobs[verb](BEN, job.id)).rejects.toMatchObject({ code: 'not_found' });
      await bench.store.write([{ update: 'jobs', row: { ...job, kind: 'import' } }]);
      await expect(bench.jobs[verb](ANNA, job.id)).rejects.toMatchObject({ code: 'not_found' });
    });
  });

  describe('where it is allowed', () => {
    test('pausing stops the clock and resuming starts it again', async () => {
      const bench = fresh();
      const job = await inState(bench, 'running');
      const paused = await bench.jobs.pause(ANNA, job.id);
      expect(paused).toMatchObject({ state: 'paused', running_since: '' });
      expect(paused.worked_ms).toBeGreaterThanOrEqual(0);
      expect(await bench.jobs.resume(ANNA, job.id)).toMatchObject({ state: 'running', worked_ms: paused.worked_ms });
      for (const action of ['batch.paused', 'batch.resumed'])
        expect(await toldOf(bench.store, job, action)).toHaveLength(1);
    });

    test('while one is paused nothing of it is begun; what is under way is finished', async () => {
      const bench = fresh();
      const gate = Promise.withResolvers<undefined>();
      const craft = new Craft(async () => {
        await gate.promise;
        return 'done' as const;
      });
      bench.dispatch(craft);
      const job = await bench.begin(100);
      await until(() => craft.worked.length > 0);
      await bench.jobs.pause(ANNA, job.id);
      gate.resolve(undefined);
      await until(async () => (await shownJob(bench.store, await bench.row(job), true)).counts.running === 0);
      const { counts } = await shownJob(bench.store, await bench.row(job), true);
      expect(counts.done).toBeGreaterThan(0);
      expect(counts.waiting).toBe(100 - counts.done);
      // Others are served meanwhile.
      const other = await bench.begin(3);
      await bench.until(other, 'done');
      expect((await shownJob(bench.store, await bench.row(job), true)).counts).toEqual(counts);
      await bench.jobs.resume(ANNA, job.id);
      expect(await bench.until(job, 'done')).toMatchObject({ counts: { done: 100 } });
      expect(craft.worked).toHaveLength(103);
    });

    test('E1 a cancelled one keeps what is done, begins nothing more and cannot be resumed', async () => {
      const bench = fresh();
      const craft = new Craft(({ number }, { signal }) => (number <= 2 ? 'done' : ended(signal)));
      bench.dispatch(craft);
      const job = await bench.begin(50);
      await until(async () => (await bench.items(job)).filter(({ state }) => state === 'done').length === 2);
      await bench.jobs.cancel(ANNA, job.id);
      await until(async () => (await bench.items(job)).every(({ state }) => state !== 'running'));
      const { counts, state, left_s } = await shownJob(bench.store, await bench.row(job), true);
      expect({ counts, state, left_s }).toEqual({
        counts: { waiting: 48, running: 0, done: 2, failed: 0 },
        state: 'cancelled',
        left_s: null,
      });
      await expect(bench.jobs.resume(ANNA, job.id)).rejects.toMatchObject(REFUSED);
      expect(await toldOf(bench.store, job, 'batch.ended')).toEqual([]);
    });

    test('failed items wait again, with a clean record; those that are done are left alone', async () => {
      const bench = fresh();
      let broken = true;
      const craft = new Craft(({ number }) =>
        broken && number < 3 ? { code: 'broken_image', detail: 'Bad' } : 'done',
      );
      bench.dispatch(craft);
      const job = await bench.begin(6);
      expect(await bench.until(job, 'partial')).toMatchObject({ counts: { done: 4, failed: 2 } });
      broken = false;
      expect(await bench.jobs.retryFailed(ANNA, job.id)).toMatchObject({ state: 'running', ended_at: '', holder: '' });
      expect(await bench.until(job, 'done')).toMatchObject({ counts: { done: 6, failed: 0 } });
      expect([1, 2, 3, 4, 5, 6].map((number) => craft.times(number))).toEqual([2, 2, 1, 1, 1, 1]);
    });

    test('failed items of one that still runs are tried again while the others go on', async () => {
      const bench = fresh();
      const gate = Promise.withResolvers<undefined>();
      const craft = new Craft(async ({ number, attempts }) => {
        if (number === 1 && attempts === 1) return { code: 'broken_image', detail: 'Bad' };
        if (number > 4) await gate.promise;
        return 'done';
      });
      bench.dispatch(craft);
      const job = await bench.begin(30);
      await until(async () => (await bench.items(job))[0]?.state === 'failed');
      await until(() => craft.worked.some((number) => number > 4));
      await bench.jobs.retryFailed(ANNA, job.id);
      gate.resolve(undefined);
      expect(await bench.until(job, 'done')).toMatchObject({ counts: { done: 30, failed: 0 } });
      expect(craft.times(1)).toBe(2);
      expect(craft.worked).toHaveLength(31);
    });

    test('what was refused before anything was done is not tried: it would be refused again', async () => {
      const bench = fresh();
      const bad: NewItem = { ...blank(1), problem: { code: 'invalid_table', detail: 'Row 2: Expected a number' } };
      const craft = new Craft(({ attempts }) => (attempts === 1 ? { code: 'broken_image', detail: 'Bad' } : 'done'));
      bench.dispatch(craft);
      const job = await bench.begin([bad, blank(2)]);
      await bench.until(job, 'failed');
      await bench.jobs.retryFailed(ANNA, job.id);
      await bench.until(job, 'partial');
      expect(await bench.items(job)).toMatchObject([
        { state: 'failed', message: 'Row 2: Expected a number', attempts: 0 },
        { state: 'done', attempts: 2 },
      ]);
      await expect(bench.jobs.retryFailed(ANNA, job.id)).rejects.toMatchObject(REFUSED);
    });

    test('a deleted one goes with its items, and lets go of its pictures', async () => {
      const bench = fresh();
      const job = await bench.begin(300, { blobs: ['mark'] });
      const kept = await bench.begin(2);
      await bench.jobs.cancel(ANNA, job.id);
      await bench.jobs.delete(ANNA, job.id);
      expect(await bench.store.get('jobs', job.id)).toBeUndefined();
      expect(await bench.items(job)).toEqual([]);
      expect(await bench.items(kept)).toHaveLength(2);
      expect(await bench.store.get('released', 'mark')).toBeDefined();
      await expect(bench.jobs.delete(ANNA, job.id)).rejects.toMatchObject({ code: 'not_found' });
    });

    test('what its items need is kept with what the job needs', async () => {
      const bench = fresh();
      const job = await bench.jobs.prepare(ANNA, {
        kind: 'batch',
        name: 'Shoes',
        priority: 0,
        wish: {},
        blobs: ['mark'],
      });
      const begun = await bench.jobs.begin(ANNA, job, [blank(1)], { blobs: ['mask', 'mark'] });
      expect(begun.blobs).toEqual(['mark', 'mask']);
    });
  });

  describe('the list of items', () => {
    const filled = async (bench: Bench): Promise<JobRow> => {
      const job = await bench.begin(12);
      const rows = await bench.items(job);
      for (const row of rows.filter(({ number }) => number % 3 === 0))
        await set(bench.store, { ...row, state: 'done', review_state: number(row) ? 'needs_review' : 'approved' });
      return job;
    };
    const number = ({ number: place }: ItemRow) => place % 2 === 0;
    const pages = async (bench: Bench, job: JobRow, question: { state?: ItemRow['state']; review?: string }) => {
      const told: number[][] = [];
      for (let from: number | null = 1; from !== null;) {
        const page: Awaited<ReturnType<typeof itemPage>> = await itemPage(bench.store, job, {
          ...question,
          from,
          limit: 2,
        });
        told.push(page.rows.map((row) => row.number));
        from = page.next;
      }
      return told.flat();
    };

    test('is in the order of numbers, begins anywhere and knows its end', async () => {
      const bench = fresh();
      const job = await filled(bench);
      const page = await itemPage(bench.store, job, { from: 4, limit: 5 });
      expect(page.rows.map((row) => row.number)).toEqual([4, 5, 6, 7, 8]);
      expect(page.next).toBe(9);
      expect(await itemPage(bench.store, job, { from: 11, limit: 5 })).toMatchObject({ next: null });
      expect(await itemPage(bench.store, job, { from: 13, limit: 5 })).toEqual({ rows: [], next: null });
    });

    test('of one state, or one review state, has every item once, whatever lies between', async () => {
      const bench = fresh();
      const job = await filled(bench);
      expect(await pages(bench, job, { state: 'done' })).toEqual([3, 6, 9, 12]);
      expect(await pages(bench, job, { state: 'waiting' })).toEqual([1, 2, 4, 5, 7, 8, 10, 11]);
      expect(await pages(bench, job, { review: 'needs_review' })).toEqual([6, 12]);
      expect(await pages(bench, job, { state: 'failed' })).toEqual([]);
    });

    test('holds nothing of the next job', async () => {
      const bench = fresh();
      const [one, other] = [await bench.begin(3), await bench.begin(3)];
      for (const job of [one, other]) expect(await pages(bench, job, {})).toEqual([1, 2, 3]);
    });
  });
});

const ended = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('ended')), { once: true });
  });
