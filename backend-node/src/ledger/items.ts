/** Items of jobs: listed, counted, and taken off the list. */
import { newId, now } from '../ids.ts';
import { retried } from '../store/retry.ts';
import type { Counts, ItemRow } from '../store/rows.ts';
import { every, type Store } from '../store/store.ts';

/** An item that is about to be. */
export type NewItem = Pick<ItemRow, 'name' | 'image' | 'wish'> & {
  /** Where it has failed already. */
  readonly problem?: { readonly code: string; readonly detail: string };
};

export const NONE: Counts = { waiting: 0, running: 0, done: 0, failed: 0 };

const LOT = 250;
const DIGITS = 6;
/** Due now. A time, because some databases do not find what is no time before one. */
export const AT_ONCE = '1970-01-01T00:00:00.000Z';

export const itemId = (job: string, number: number): string => `${job}-${String(number).padStart(DIGITS, '0')}`;

/** How many items there are of each state, counted now. */
export async function countItems(store: Store, job: string): Promise<Counts> {
  const found = await store.tally('items', 'state', { where: { job }, limit: 10 });
  return { ...NONE, ...Object.fromEntries(found.map(({ value, count }) => [value, count])) };
}

export async function removeItems(store: Store, job: string): Promise<void> {
  for (let found = 1; found > 0;) {
    const { rows } = await store.find('items', { where: { job }, limit: LOT });
    await retried(() => store.write(rows.map(({ id }) => ({ remove: 'items', id }) as const)));
    found = rows.length;
  }
}

/** Failed before, and to be tried again. */
export const waitingAgain = (row: ItemRow): ItemRow => ({
  ...row,
  state: 'waiting',
  due_at: AT_ONCE,
  holder: '',
  // Begun once is enough to be tried again later; not begun at all is what cannot be.
  attempts: 1,
  strikes: 0,
  code: '',
  message: '',
  ended_at: '',
});

/** A row as it is listed. */
export function itemRow(job: string, owner: string, number: number, item: NewItem): Omit<ItemRow, 'revision'> {
  const { problem, ...rest } = item;
  return {
    ...rest,
    id: itemId(job, number),
    owner,
    job,
    number,
    state: problem ? 'failed' : 'waiting',
    due_at: AT_ONCE,
    holder: '',
    attempts: 0,
    strikes: 0,
    version: newId(),
    review_state: '',
    code: problem?.code ?? '',
    message: problem?.detail ?? '',
    ended_at: problem ? now() : '',
    outcome: {},
  };
}

/** Every item of a job, by number. */
export const itemsOfJob = (store: Store, job: string): AsyncGenerator<ItemRow> =>
  every(store, 'items', { where: { job } });
