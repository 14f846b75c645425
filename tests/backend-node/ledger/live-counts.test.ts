import { expect, test } from 'vitest';
import { LiveCounts } from '../../../backend-node/src/ledger/live-counts.ts';
import { onBothStores } from './stores.ts';

onBothStores((fresh) => {
  test('counts once, and then keeps up with what is told', async () => {
    const bench = fresh();
    const job = await bench.begin(10);
    const counts = new LiveCounts(bench.store, job.id);
    const items = await bench.items(job);
    const claimed = items.slice(0, 4).map((row) => ({ update: 'items', row: { ...row, state: 'running' } }) as const);
    await bench.store.write(claimed);
    await counts.claimed(4);
    expect(counts.after([])).toEqual({ waiting: 6, running: 4, done: 0, failed: 0 });
    await counts.claimed(2);
    expect(counts.after([])).toEqual({ waiting: 4, running: 6, done: 0, failed: 0 });
    const over = [{ state: 'done' }, { state: 'done' }, { state: 'failed' }, { state: 'waiting' }] as const;
    expect(counts.after(over)).toEqual({ waiting: 5, running: 2, done: 2, failed: 1 });
    expect(counts.after([]), 'asking changes nothing').toEqual({ waiting: 4, running: 6, done: 0, failed: 0 });
    counts.take(over);
    expect(counts.after([])).toEqual({ waiting: 5, running: 2, done: 2, failed: 1 });
  });

  test('never tells of less than nothing', async () => {
    const bench = fresh();
    const job = await bench.begin(1);
    const counts = new LiveCounts(bench.store, job.id);
    await counts.claimed(0);
    await counts.claimed(5);
    counts.take(Array.from({ length: 9 }, () => ({ state: 'done' }) as const));
    expect(counts.after([])).toMatchObject({ waiting: 0, running: 0, done: 9 });
  });
});
