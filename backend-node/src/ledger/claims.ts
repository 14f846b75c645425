/** Who has which items: taken, given back, and taken from those that died. */
import { GatewayError } from '../errors.ts';
import { now } from '../ids.ts';
import { attempted, retried } from '../store/retry.ts';
import type { ItemRow, JobRow } from '../store/rows.ts';
import { first, type Store } from '../store/store.ts';
import { AT_ONCE, NONE } from './items.ts';
import { begun, hasEnded, jobEntry, type LedgerParts } from './job-rows.ts';

const LOT = 200;
/** Where another gateway takes the same ones, the next try looks further on. */
const MOST_TRIES = 6;

/** At most so many waiting items of a job, which are now the holder's; fewer where others take them as well. */
export async function claim(store: Store, holder: string, job: string, most: number): Promise<readonly ItemRow[]> {
  const where = { job, state: 'waiting', due_at: { to: now() } } as const;
  for (let tries = 1, ahead = most; tries <= MOST_TRIES; tries += 1, ahead = Math.min(LOT, ahead * 2)) {
    const { rows } = await store.find('items', { where, order: ['due_at', 'asc'], limit: ahead });
    const start = Math.floor(Math.random() * Math.max(1, rows.length - most + 1));
    const chosen = rows.slice(start, start + most);
    if (chosen.length === 0) return [];
    const taken = chosen.map((row): ItemRow => ({
      ...row,
      state: 'running',
      holder,
      attempts: row.attempts + 1,
    }));
    if (await attempted(store.write(taken.map((row) => ({ update: 'items', row }) as const)))) {
      return taken.map((row) => ({ ...row, revision: row.revision + 1 }));
    }
  }
  return [];
}

/** Back to those that wait. What somebody else has by now stays theirs. */
export async function giveBack(store: Store, items: readonly ItemRow[]): Promise<void> {
  const freed = items.map((row) => ({ update: 'items', row: freedOf(row) }) as const);
  if (freed.length === 0 || (await attempted(store.write(freed)))) return;
  for (const change of freed) await attempted(store.write([change]));
}

const freedOf = (row: ItemRow): ItemRow => ({ ...row, state: 'waiting', holder: '', due_at: AT_ONCE });

/** Says that this dispatcher is alive for so long. */
export async function sayAlive(store: Store, id: string, lease_ms: number): Promise<void> {
  await retried(async () => {
    const alive_until = new Date(Date.now() + lease_ms).toISOString();
    const row = await store.get('dispatchers', id);
    await store.write([
      row
        ? { update: 'dispatchers', row: { ...row, alive_until } }
        : { insert: 'dispatchers', row: { id, alive_until } },
    ]);
  });
}

/** What dead dispatchers had waits again. all: every other one is dead, because nobody else can have this store. */
export async function bury(parts: LedgerParts, self: string, all: boolean): Promise<number> {
  const { store } = parts;
  const where = all ? {} : { alive_until: { to: now() } };
  const { rows } = await store.find('dispatchers', { where, order: ['alive_until', 'asc'], limit: LOT });
  let freed = 0;
  for (const dead of rows.filter(({ id }) => id !== self)) {
    freed += await leaveNothing(parts, dead.id);
    await attempted(store.write([{ remove: 'dispatchers', id: dead.id, revision: dead.revision }]));
  }
  return freed;
}

/** Everything that a dispatcher had is free again. How many items that was. */
export async function leaveNothing(parts: LedgerParts, holder: string): Promise<number> {
  const { store } = parts;
  let freed = 0;
  for (let found = 1; found > 0;) {
    const { rows } = await store.find('items', { where: { holder }, limit: LOT });
    await giveBack(store, rows);
    found = rows.length;
    freed += found;
  }
  for (;;) {
    const job = await first(store, 'jobs', { where: { state: 'preparing', holder } });
    if (!job) return freed;
    await attempted(leave(parts, leftJob(job)));
  }
}

async function leave({ journal, endings }: LedgerParts, job: JobRow): Promise<void> {
  const over = hasEnded(job);
  const { state, total, counts } = job;
  const entry = jobEntry(job, over ? 'ended' : 'resumed', { state, total, counts });
  await journal.write([{ update: 'jobs', row: job }, ...(over ? await endings(job) : [])], entry);
}

/** One that all items of were listed goes on; of another nobody knows the rest. */
function leftJob(job: JobRow): JobRow {
  if (job.total > 0) return begun(job);
  const { code, message } = new GatewayError(
    'internal_error',
    'The gateway ended while the pictures were being listed: nothing was done with them. Send them once more',
  );
  return { ...job, state: 'failed', holder: '', counts: NONE, code, message, ended_at: now() };
}
