/**
 * Blobs that lost a reference go once no row needs them. Whoever comes to need one again lets pyservice write or touch
 * it first; the grace is longer than it takes from there to the row, so pyservice refuses to remove such a blob.
 */
import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { isProblem } from '../../errors.ts';
import type { Asking } from '../../processing/processing.ts';
import { HOLDING } from '../../store/collections.ts';
import { attempted } from '../../store/retry.ts';
import type { ReleasedRow } from '../../store/rows.ts';
import { every, first, type Store } from '../../store/store.ts';
import type { Chore } from './chore.ts';
import type { HouseParts } from './parts.ts';

const GRACE_MS = 10 * 60_000;

type BlobParts = Pick<HouseParts, 'store' | 'processing' | 'log'>;

interface Round extends Asking {
  readonly before: Date;
}

export const sweepBlobs = (parts: BlobParts, grace_ms = GRACE_MS): Chore => ({
  name: 'remove released blobs',
  run: async (signal) => {
    const round = { before: new Date(Date.now() - grace_ms), signal, request: randomUUID() };
    let done = 0;
    // What a removed blob left behind is as old as it was: again, until nothing more comes of it.
    for (let found = true; found && !signal.aborted;) {
      const some = await sweep(parts, round);
      found = some.left > 0;
      done += some.removed;
    }
    return done;
  },
});

/** left: blobs that those removed leave behind. */
async function sweep(parts: BlobParts, round: Round): Promise<{ readonly removed: number; readonly left: number }> {
  const where = { released_at: { to: round.before.toISOString() } };
  let removed = 0;
  let left = 0;
  for await (const row of every(parts.store, 'released', { where, order: ['released_at', 'asc'] })) {
    if (round.signal.aborted) break;
    const outcome = await settle(parts, row, round);
    if (outcome) removed += 1;
    left += outcome?.length ?? 0;
    // Others are served in between.
    await setImmediate();
  }
  return { removed, left };
}

/** The blobs that it leaves behind; undefined where it stays. */
async function settle(parts: BlobParts, row: ReleasedRow, round: Round): Promise<readonly string[] | undefined> {
  const { store } = parts;
  if (await isNeeded(store, row.id)) {
    await drop(store, row);
    return undefined;
  }
  const derived = await forgotten(parts, row, round);
  if (!derived) return undefined;
  // A crash before these are written leaves them to `vitrine verify --clean`: nobody else knows them any more.
  for (const id of derived) {
    await attempted(store.write([{ insert: 'released', row: { id, released_at: row.released_at } }]));
  }
  await drop(store, row);
  return derived;
}

async function isNeeded(store: Store, blob: string): Promise<boolean> {
  for (const collection of HOLDING) {
    if (await first(store, collection, { where: { blobs: { has: blob } } })) return true;
  }
  return false;
}

/** Undefined where somebody used it lately, or it could not be removed. */
async function forgotten({ processing, log }: BlobParts, { id }: ReleasedRow, round: Round) {
  try {
    return await processing.forget(id, round.before, round);
  } catch (error) {
    if (isProblem(error, 'not_found')) return [];
    if (isProblem(error, 'precondition_failed')) return undefined;
    if (!isProblem(error, 'internal_error', 'corrupt_blob')) throw error;
    log.warn({ blob: id, err: error }, 'a released blob stays');
    return undefined;
  }
}

/** Released once more meanwhile: then it is looked at again. */
const drop = (store: Store, { id, revision }: ReleasedRow): Promise<boolean> =>
  attempted(store.write([{ remove: 'released', id, revision }]));
