import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { OutlineReading } from '../../../../frontend/src/lib/data/outline-reading.ts';
import type { Outline } from '../../../../frontend/src/lib/data/outline.ts';

const KEY = ['images', 'outline', {}];

type Entry = readonly [id: string, width: number, height: number];
const entries = (count: number, from = 0): Entry[] =>
  Array.from({ length: count }, (_, at) => [`id-${from + at}`, 300, 200]);

/** An answer as the gateway sends it, cut where the network cuts it. */
function answer(lines: readonly (readonly Entry[])[], cut_bytes = 7): Response {
  const bytes = new TextEncoder().encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => {
      for (let at = 0; at < bytes.length; at += cut_bytes) controller.enqueue(bytes.slice(at, at + cut_bytes));
      controller.close();
    },
  });
  return new Response(stream);
}

let client: QueryClient;
let reading: OutlineReading;
let asked = 0;
const ask = (lines: readonly (readonly Entry[])[]) => () => {
  asked += 1;
  return Promise.resolve(answer(lines, lines.flat().length > 100 ? 65_536 : 7));
};

beforeEach(() => {
  vi.useFakeTimers();
  client = new QueryClient();
  reading = new OutlineReading(client, KEY);
  asked = 0;
});
afterEach(() => vi.useRealTimers());

describe('OutlineReading', () => {
  test('puts lots together in their order', async () => {
    const { ids, ratios, complete } = await reading.read(ask([entries(3), entries(2, 3)]));
    expect(ids).toEqual(['id-0', 'id-1', 'id-2', 'id-3', 'id-4']);
    expect([...ratios]).toEqual(Array(5).fill(1.5));
    expect(complete).toBe(true);
  });

  test('takes a picture of no size for a square', async () => {
    const { ratios } = await reading.read(ask([[['a', 0, 0]]]));
    expect([...ratios]).toEqual([1]);
  });

  test('shows the first lot before the last one is there', async () => {
    const seen: Outline[] = [];
    client.getQueryCache().subscribe(() => {
      const shown = client.getQueryData<Outline>(KEY);
      if (shown) seen.push(shown);
    });
    await reading.read(ask([entries(3), entries(2, 3)]));
    expect(seen[0]).toMatchObject({ ids: ['id-0', 'id-1', 'id-2'], complete: false });
  });

  test('is one reading for all who ask meanwhile, and once more after it', async () => {
    const again = vi.spyOn(client, 'invalidateQueries');
    await Promise.all([reading.read(ask([entries(3)])), reading.read(ask([entries(4)]))]);
    expect(asked).toBe(1);
    vi.advanceTimersByTime(1000);
    expect(again).toHaveBeenCalledWith({ queryKey: KEY, exact: true });
  });

  test('reads short lists again at once', async () => {
    await reading.read(ask([entries(3)]));
    const { ids } = await reading.read(ask([entries(4)]));
    expect(ids).toHaveLength(4);
  });

  test('lets long lists rest, and reads them again after', async () => {
    await reading.read(ask([entries(6000)]));
    vi.advanceTimersByTime(5000);
    expect((await reading.read(ask([entries(6001)]))).ids).toHaveLength(6000);
    vi.advanceTimersByTime(20_000);
    expect((await reading.read(ask([entries(6001)]))).ids).toHaveLength(6001);
    expect(asked).toBe(2);
  });

  test('reads a long list at once after a change of our own', async () => {
    await reading.read(ask([entries(6000)]));
    reading.hurry();
    expect((await reading.read(ask([entries(5999)]))).ids).toHaveLength(5999);
  });

  test('does not bring back what was taken out while it read', async () => {
    const before = await reading.read(ask([entries(3)]));
    const late = reading.read(ask([entries(3)]));
    reading.hurry();
    client.setQueryData<Outline>(KEY, { ...before, ids: ['id-0', 'id-2'] });
    expect((await late).ids).toEqual(['id-0', 'id-2']);
    expect(client.getQueryData<Outline>(KEY)?.ids).toEqual(['id-0', 'id-2']);
  });

  test('tells what went wrong, and can try again', async () => {
    await expect(reading.read(() => Promise.reject(new Error('no answer')))).rejects.toThrow('no answer');
    expect((await reading.read(ask([entries(1)]))).ids).toEqual(['id-0']);
  });
});
