/** One change to many pictures, however many: in lots, as a job where there is more than one. */
import type { BodyOf } from '../../lib/api/call.ts';
import { call } from '../../lib/api/call.ts';
import { startJob } from '../../lib/jobs/work.ts';
import { toast } from '../../ui/toast.ts';
import { words } from './words.ts';

const LOT = 1000;

type Body = BodyOf<'post /images/bulk'>;
/** What is done to them, without which they are. */
export type Change = Body extends infer B ? (B extends unknown ? Omit<B, 'ids' | 'filter'> : never) : never;

export interface Changed {
  readonly changed: number;
  /** They were so already. */
  readonly unchanged: number;
  readonly failed: number;
  /** Why the first one failed. */
  readonly reason: string;
}

/** Tells by itself of what failed. */
export async function changeMany(ids: readonly string[], change: Change): Promise<Changed> {
  const told: Changed[] = [];
  const lots = lotsOf(ids);
  const [only = []] = lots;
  let stopped = '';
  if (lots.length <= 1) told.push(await changeLot(only, change));
  else
    stopped = await inJob(
      lots,
      ids.length,
      async (lot, signal) => void told.push(await changeLot(lot, change, signal)),
    );
  const left = ids.length - told.reduce((sum, one) => sum + one.changed + one.unchanged + one.failed, 0);
  if (left > 0) told.push({ changed: 0, unchanged: 0, failed: left, reason: stopped });
  const sum = told.reduce(added, { changed: 0, unchanged: 0, failed: 0, reason: '' });
  if (sum.failed > 0) toast({ message: words.failed(sum.failed, sum.reason), tone: 'bad' });
  return sum;
}

export function lotsOf(ids: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(ids.length / LOT) }, (_, at) => ids.slice(at * LOT, (at + 1) * LOT));
}

/** Why some of it was not done; '' where all was. */
async function inJob(
  lots: readonly (readonly string[])[],
  count: number,
  run: (lot: readonly string[], signal: AbortSignal) => Promise<void>,
): Promise<string> {
  const job = startJob({
    title: words.changing(count),
    items: lots.map((lot, at) => ({ lot, at })),
    nameOf: ({ lot, at }) => words.lot(at * LOT + 1, at * LOT + lot.length),
    at_once: 1,
    run: async ({ lot }, { signal }) => {
      await run(lot, signal);
      return '';
    },
  });
  const { state, tasks } = await job.ended();
  if (state === 'cancelled') return words.cancelled;
  return tasks.find((task) => task.state === 'failed')?.note ?? '';
}

async function changeLot(ids: readonly string[], change: Change, signal?: AbortSignal): Promise<Changed> {
  const body = { ids: [...ids], ...change } as Body;
  const { changed, unchanged, failed } = await call('post /images/bulk', { body, signal });
  return { changed, unchanged, failed: failed.length, reason: failed[0]?.detail ?? '' };
}

const added = (a: Changed, b: Changed): Changed => ({
  changed: a.changed + b.changed,
  unchanged: a.unchanged + b.unchanged,
  failed: a.failed + b.failed,
  reason: a.reason || b.reason,
});
