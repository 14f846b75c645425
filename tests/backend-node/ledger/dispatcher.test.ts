/** What becomes of the items of a job, whatever happens meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { sayAlive } from '../../../backend-node/src/ledger/claims.ts';
import { AT_ONCE, type NewItem } from '../../../backend-node/src/ledger/items.ts';
import type { ItemRow, JobRow } from '../../../backend-node/src/store/rows.ts';
import { album } from '../store/sample.ts';
import { ANNA, blank, Craft, cuttable, toldOf, until, type Bench } from './bench.ts';
import { onBothStores } from './stores.ts';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

/** Nobody waits for the pause after a failure: what was tried so often is due now. */
async function hurry({ store, items }: Bench, job: JobRow, strikes: number): Promise<void> {
  const struck = async () => (await items(job)).find((item) => item.strikes === strikes && item.state === 'waiting');
  await until(async () => (await struck()) !== undefined);
  const row = await struck();
  if (row) await store.write([{ update: 'items', row: { ...row, due_at: AT_ONCE } }]);
}

onBothStores((fresh) => {
  describe('a job', () => {
    test('every item is worked on once and ends once, and the end has the exact counts', async () => {
      const bench = fresh();
      const craft = new Craft();
      bench.dispatch(craft);
      const job = await bench.begin(120);
      const ended = await bench.until(job, 'done');
      expect(ended).toMatchObject({ total: 120, counts: { waiting: 0, running: 0, done: 120, failed: 0 }, code: '' });
      expect(ended.ended_at).not.toBe('');
      expect(craft.worked.toSorted((a, b) => a - b)).toEqual(numbers(120));
      for (const item of await bench.items(job)) {
        expect(item).toMatchObject({ state: 'done', attempts: 1, strikes: 0, holder: '' });
      }
      expect(await toldOf(bench.store, job, 'batch.created')).toHaveLength(1);
      const [told, ...more] = await toldOf(bench.store, job, 'batch.ended');
      expect(told?.details).toMatchObject({ state: 'done', total: 120, counts: { done: 120, failed: 0 } });
      expect(more).toEqual([]);
      const [progressed] = (await toldOf(bench.store, job, 'batch.progressed')).toReversed();
      expect(progressed?.details).toMatchObject({ total: 120, counts: { done: 120, waiting: 0, running: 0 } });
    });

    test('one that is paused while its last items are under way ends once they are over', async () => {
      const bench = fresh();
      const craft = new Craft(() => pause(150));
      bench.dispatch(craft);
      const job = await bench.begin(4);
      await until(() => craft.worked.length > 0);
      await bench.jobs.pause(ANNA, job.id);
      expect(await bench.until(job, 'done')).toMatchObject({ counts: { done: 4, waiting: 0, running: 0 } });
    });

    test('E7 of 1,000 items 3 are broken: 997 are done, 3 say why not', async () => {
      const bench = fresh();
      const broken = new Set([13, 500, 1000]);
      const detail = (number: number) => `Expected a picture, received number ${String(number)}`;
      const craft = new Craft(({ number }) =>
        broken.has(number) ? { code: 'broken_image', detail: detail(number) } : 'done',
      );
      craft.lot = { least: 4, most: 50, lots: 8 };
      bench.dispatch(craft);
      const job = await bench.begin(1000);
      expect(await bench.until(job, 'partial', 'done', 'failed')).toMatchObject({
        state: 'partial',
        counts: { done: 997, failed: 3, waiting: 0, running: 0 },
      });
      const failed = (await bench.items(job)).filter(({ state }) => state === 'failed');
      expect(failed.map(({ number, code, message }) => [number, code, message])).toEqual(
        [...broken].map((number) => [number, 'broken_image', detail(number)]),
      );
      expect(craft.worked).toHaveLength(1000);
    });

    test('where all fail it failed; rows that were refused beforehand count as well', async () => {
      const bench = fresh();
      const craft = new Craft(() => ({ code: 'broken_image', detail: 'Expected a picture' }));
      bench.dispatch(craft);
      const refused: NewItem = { ...blank(2), problem: { code: 'invalid_table', detail: 'Row 3: Expected a number' } };
      const job = await bench.begin([blank(1), refused]);
      expect(job).toMatchObject({ total: 2, refused: 1, counts: { waiting: 1, failed: 1 } });
      expect(await bench.until(job, 'failed')).toMatchObject({ counts: { failed: 2 } });
      expect(craft.worked).toEqual([1]);
    });

    test('what an item brings is written with it', async () => {
      const bench = fresh();
      const fields = { image: 'picture', review_state: 'approved', outcome: { width: 7 } };
      bench.dispatch(new Craft(() => ({ changes: [{ insert: 'albums', row: album('brought') }], fields })));
      const job = await bench.begin(1);
      await bench.until(job, 'done');
      expect(await bench.store.get('albums', 'brought')).toBeDefined();
      expect((await bench.items(job))[0]).toMatchObject({ ...fields, state: 'done' });
    });

    test('what belongs to the end is written with the end, once', async () => {
      const bench = fresh(({ id, state }) => Promise.resolve([{ insert: 'albums', row: album(id, { name: state }) }]));
      bench.dispatch(new Craft());
      bench.dispatch(new Craft());
      const job = await bench.begin(10);
      await bench.until(job, 'done');
      expect(await bench.store.get('albums', job.id)).toMatchObject({ name: 'done', revision: 1 });
      expect(await toldOf(bench.store, job, 'batch.ended')).toHaveLength(1);
    });

    test('one that cannot end keeps no other from being worked on', async () => {
      const bench = fresh();
      let stuck = '';
      const craft = new Craft();
      craft.beforeEnd = ({ id }) => (id === stuck ? Promise.reject(new Error('not yet')) : Promise.resolve());
      const first = await bench.begin(1);
      stuck = first.id;
      bench.dispatch(craft);
      await until(async () => (await bench.row(first)).code === 'internal_error');
      const second = await bench.begin(3);
      await bench.until(second, 'done');
      expect((await bench.row(first)).state).toBe('running');
      stuck = '';
      expect(await bench.until(first, 'done')).toMatchObject({ code: '', message: '' });
    });
  });

  describe('items that fail', () => {
    test('one that may go better later is tried three times, later each time, and then fails with its reason', async () => {
      const bench = fresh();
      const craft = new Craft(() => ({ code: 'worker_lost', detail: 'The worker ended', retry: true }));
      bench.dispatch(craft);
      const job = await bench.begin(1);
      await until(async () => (await bench.items(job))[0]?.strikes === 1);
      const [first] = await bench.items(job);
      expect(first).toMatchObject({ state: 'waiting', code: 'worker_lost', holder: '', ended_at: '' });
      expect(Date.parse(first?.due_at ?? '')).toBeGreaterThan(Date.now() + 3000);
      await hurry(bench, job, 1);
      await until(async () => (await bench.items(job))[0]?.strikes === 2);
      const [second] = await bench.items(job);
      expect(Date.parse(second?.due_at ?? '')).toBeGreaterThan(Date.now() + 10_000);
      await hurry(bench, job, 2);
      await bench.until(job, 'failed');
      expect(await bench.items(job)).toMatchObject([
        { state: 'failed', strikes: 3, attempts: 3, code: 'worker_lost', message: 'The worker ended' },
      ]);
      expect(craft.worked).toEqual([1, 1, 1]);
    });

    test('one that goes well the second time is done, and its old reason is gone', async () => {
      const bench = fresh();
      const craft = new Craft(({ attempts }) =>
        attempts === 1 ? { code: 'worker_lost', detail: 'The worker ended', retry: true } : 'done',
      );
      bench.dispatch(craft);
      const job = await bench.begin(1);
      await hurry(bench, job, 1);
      await bench.until(job, 'done');
      expect(await bench.items(job)).toMatchObject([{ state: 'done', attempts: 2, code: '', message: '' }]);
    });

    test('what the work does not tell of waits again; what ends its worker ten times is given up', async () => {
      const bench = fresh();
      const craft = new Craft(({ number }) => {
        if (number === 2) throw new Error('this picture ends whoever opens it');
        return 'done';
      });
      const job = await bench.begin(2);
      const poison = (await bench.items(job))[1];
      if (poison) await bench.store.write([{ update: 'items', row: { ...poison, attempts: 8 } }]);
      bench.dispatch(craft);
      expect(await bench.until(job, 'partial')).toMatchObject({ counts: { done: 1, failed: 1 } });
      expect((await bench.items(job))[1]).toMatchObject({ code: 'worker_lost', attempts: 10 });
      expect(craft.times(2)).toBe(2);
    });

    test('a result that the gateway cannot make sense of fails alone', async () => {
      const bench = fresh();
      const odd = { changes: [{ update: 'albums', row: { ...album('none'), revision: 1 } }], fields: {} } as const;
      bench.dispatch(new Craft(({ number }) => (number === 2 ? odd : 'done')));
      const job = await bench.begin(4);
      await until(async () => (await bench.items(job))[1]?.strikes === 1);
      expect((await bench.items(job))[1]).toMatchObject({ state: 'waiting', code: 'internal_error', holder: '' });
      await until(async () => (await done(bench, job)).length === 3);
      expect((await done(bench, job)).map(({ number }) => number)).toEqual([1, 3, 4]);
    });

    test.each(['storage_full', 'storage_unavailable', 'processing_unavailable', 'cluster_unavailable', 'too_busy'])(
      '%s is nobody’s fault: all waits, says why, and goes on',
      async (code) => {
        const bench = fresh();
        let held = true;
        const craft = new Craft(() => (held ? { code, detail: 'Expected room' } : 'done'));
        bench.dispatch(craft);
        const job = await bench.begin(6);
        await until(async () => (await bench.row(job)).code === code);
        expect(await bench.row(job)).toMatchObject({
          state: 'running',
          message: 'Expected room',
          counts: { failed: 0 },
        });
        held = false;
        expect(await bench.until(job, 'done')).toMatchObject({ counts: { done: 6 }, code: '', message: '' });
        for (const item of await bench.items(job)) expect(item).toMatchObject({ strikes: 0, attempts: 1, code: '' });
      },
    );
  });

  describe('several dispatchers', () => {
    const both = async (bench: Bench) => until(async () => (await bench.store.count('dispatchers', {})) >= 2);

    test('two share a job, and no item is worked on twice', async () => {
      const bench = fresh();
      const [a, b] = [new Craft(() => pause(5)), new Craft(() => pause(5))];
      bench.dispatch(a);
      bench.dispatch(b);
      await both(bench);
      const job = await bench.begin(150);
      expect(await bench.until(job, 'done')).toMatchObject({ counts: { done: 150, failed: 0 } });
      expect([...a.worked, ...b.worked].toSorted((x, y) => x - y)).toEqual(numbers(150));
      expect(a.worked.length).toBeGreaterThan(0);
      expect(b.worked.length).toBeGreaterThan(0);
      expect(await toldOf(bench.store, job, 'batch.ended')).toHaveLength(1);
    });

    test('the items of one that died are the other’s after its lease; coming back it writes over nothing', async () => {
      const bench = fresh();
      const cut = cuttable(bench.store);
      const gate = Promise.withResolvers<undefined>();
      const told = (by: string) => ({ changes: [], fields: { outcome: { by } } });
      const dead = new Craft(async () => {
        await gate.promise;
        return told('dead');
      });
      const living = new Craft(() => told('living'));
      const job = await bench.begin(12);
      const dying = bench.dispatch(dead, { store: cut.store });
      await until(() => dead.worked.length > 0);
      const had = (await bench.items(job)).filter(({ holder }) => holder === dying.holder);
      expect(had.length).toBeGreaterThan(0);
      cut.down = true;
      await bench.store.write((await onlyDispatcher(bench)).map((row) => ({ update: 'dispatchers', row })));
      bench.dispatch(living);
      expect(await bench.until(job, 'done')).toMatchObject({ counts: { done: 12 } });
      for (const { number } of had) expect(living.times(number)).toBe(1);
      cut.down = false;
      gate.resolve(undefined);
      await dying.stop();
      const items = await bench.items(job);
      expect(items.map(({ outcome }) => outcome['by'])).toEqual(items.map(() => 'living'));
      expect((await bench.row(job)).counts).toEqual({ waiting: 0, running: 0, done: 12, failed: 0 });
    });

    /** Whoever has the database alone takes all others for dead; here the lease is what counts. */
    const onlyDispatcher = async ({ store }: Bench) => {
      const { rows } = await store.find('dispatchers', {});
      return rows.map((row) => ({ ...row, alive_until: new Date(Date.now() + 1000).toISOString() }));
    };

    test('one that ends in good order gives back what it had at once', async () => {
      const bench = fresh();
      const never = new Craft((_, { signal }) => aborted(signal));
      const job = await bench.begin(8);
      const first = bench.dispatch(never);
      await until(() => never.worked.length > 0);
      await first.stop();
      for (const item of await bench.items(job)) expect(item).toMatchObject({ state: 'waiting', holder: '' });
      expect(await bench.store.count('dispatchers', {})).toBe(0);
      bench.dispatch(new Craft());
      await bench.until(job, 'done');
    });
  });

  describe('a database that goes away', () => {
    test('results wait for it: none is lost, none is done twice', async () => {
      const bench = fresh();
      const cut = cuttable(bench.store);
      const craft = new Craft(async ({ number }) => {
        if (number === 20) cut.down = true;
        return pause(2);
      });
      const job = await bench.begin(60);
      bench.dispatch(craft, { store: cut.store });
      await until(() => cut.down);
      await sleep(600);
      expect((await bench.row(job)).state).toBe('running');
      cut.down = false;
      expect(await bench.until(job, 'done')).toMatchObject({ counts: { done: 60, failed: 0 } });
      expect(craft.worked.toSorted((a, b) => a - b)).toEqual(numbers(60));
    });
  });

  describe('whose turn it is', () => {
    test('an urgent job that comes later is served while a large one runs', async () => {
      const bench = fresh();
      const craft = new Craft(() => pause(15));
      bench.dispatch(craft);
      const large = await bench.begin(400, { name: 'large' });
      await until(async () => (await done(bench, large)).length > 10);
      const urgent = await bench.begin(6, { name: 'urgent', priority: 10 });
      await bench.until(urgent, 'done');
      expect((await done(bench, large)).length).toBeLessThan(300);
      await bench.jobs.cancel(ANNA, large.id);
    });

    test('two that are alike take turns', async () => {
      const bench = fresh();
      const [one, other] = [await bench.begin(60), await bench.begin(60)];
      const craft = new Craft(() => pause(3));
      bench.dispatch(craft);
      await bench.until(one, 'done');
      await bench.until(other, 'done');
      const half = craft.jobs.slice(0, 60);
      for (const { id } of [one, other]) expect(half.filter((job) => job === id).length).toBeGreaterThan(15);
    });
  });

  describe('a gateway that died while it listed', () => {
    const GONE = 'gone';
    const died = (bench: Bench) => sayAlive(bench.store, GONE, -1000);

    test('a job of which nothing is known fails, and says so', async () => {
      const bench = fresh();
      await died(bench);
      const job = await bench.jobs.prepare(ANNA, { kind: 'batch', name: 'Shoes', priority: 0, wish: {}, blobs: [] });
      await bench.jobs.add(job, 1, [blank(1), blank(2)]);
      await bench.store.write([{ update: 'jobs', row: { ...job, holder: GONE } }]);
      const craft = new Craft();
      bench.dispatch(craft);
      expect(await bench.until(job, 'failed')).toMatchObject({
        total: 0,
        counts: { waiting: 0, running: 0, done: 0, failed: 0 },
        code: 'internal_error',
        message: expect.stringMatching(/Send them once more$/) as string,
      });
      expect(craft.worked).toEqual([]);
    });

    test('one whose failed items were about to wait again goes on', async () => {
      const bench = fresh();
      await died(bench);
      const job = await bench.begin(3);
      const row = await bench.row(job);
      await bench.store.write([{ update: 'jobs', row: { ...row, state: 'preparing', holder: GONE } }]);
      bench.dispatch(new Craft());
      expect(await bench.until(job, 'done')).toMatchObject({ counts: { done: 3 } });
    });
  });
});

const pause = (ms: number) => sleep(ms, 'done' as const);

/** Never says anything until it is told to end. */
const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('ended')), { once: true });
  });

const done = async (bench: Bench, job: JobRow): Promise<readonly ItemRow[]> =>
  (await bench.items(job)).filter(({ state }) => state === 'done');
