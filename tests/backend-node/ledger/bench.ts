/** A ledger on its own: a store, jobs, dispatchers, and work that a test makes up. */
import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError } from '../../../backend-node/src/errors.ts';
import { Journal, type By } from '../../../backend-node/src/events/journal.ts';
import { newId } from '../../../backend-node/src/ids.ts';
import { Dispatcher, type Rhythm } from '../../../backend-node/src/ledger/dispatcher.ts';
import { itemsOfJob, type NewItem } from '../../../backend-node/src/ledger/items.ts';
import type { LedgerParts } from '../../../backend-node/src/ledger/job-rows.ts';
import { Jobs, type NewJob } from '../../../backend-node/src/ledger/jobs.ts';
import type { Done, Outcome, Trade } from '../../../backend-node/src/ledger/trade.ts';
import { createLog } from '../../../backend-node/src/logs.ts';
import type { Asking } from '../../../backend-node/src/processing/processing.ts';
import type { ItemRow, JobRow, JournalRow } from '../../../backend-node/src/store/rows.ts';
import type { Store } from '../../../backend-node/src/store/store.ts';

export const RHYTHM: Rhythm = { look_ms: 50, lease_ms: 1500 };
const SETTLED_MS = 60;
export const ANNA: By = { who: { id: 'anna' }, request: 'r1' };

/** What is logged of trouble that a test makes is for nobody. */
const log = createLog({ log_level: 'error', log_format: 'json' }, { write: () => undefined });

type Told = 'done' | Done | { readonly code: string; readonly detail: string; readonly retry?: boolean };

/** Does what the test says with each item, and remembers which ones it was given. */
export class Craft implements Trade {
  readonly kind = 'batch';
  lot = { least: 2, most: 10, lots: 4 };
  /** Numbers of the items, in the order they were worked on. */
  readonly worked: number[] = [];
  readonly jobs: string[] = [];
  beforeEnd?: (job: JobRow) => Promise<void>;
  readonly #how: (item: ItemRow, asking: Asking) => Told | Promise<Told>;

  constructor(how: (item: ItemRow, asking: Asking) => Told | Promise<Told> = () => 'done') {
    this.#how = how;
  }

  async *work(job: JobRow, items: readonly ItemRow[], asking: Asking): AsyncGenerator<Outcome> {
    for (const item of items) {
      this.worked.push(item.number);
      this.jobs.push(job.id);
      const told = await this.#how(item, asking);
      asking.signal.throwIfAborted();
      if (told === 'done') yield { item, done: () => Promise.resolve({ changes: [], fields: {} }) };
      else if ('changes' in told) yield { item, done: () => Promise.resolve(told) };
      else yield { item, problem: told, retry: told.retry ?? false };
    }
  }

  times(number: number): number {
    return this.worked.filter((one) => one === number).length;
  }
}

export interface Bench extends LedgerParts {
  readonly jobs: Jobs;
  readonly holder: string;
  readonly begin: (items: number | readonly NewItem[], about?: Partial<NewJob>) => Promise<JobRow>;
  readonly row: (job: Pick<JobRow, 'id'>) => Promise<JobRow>;
  readonly items: (job: Pick<JobRow, 'id'>) => Promise<ItemRow[]>;
  /** Starts a dispatcher; it ends with the bench. */
  dispatch(trade: Trade, about?: Partial<LedgerParts & { holder: string; rhythm: Rhythm }>): Dispatching;
  until(job: Pick<JobRow, 'id'>, ...states: JobRow['state'][]): Promise<JobRow>;
  stop(): Promise<void>;
}

export interface Dispatching {
  readonly holder: string;
  readonly stop: () => Promise<void>;
}

export const blank = (number: number): NewItem => ({ name: `p${String(number)}.jpg`, image: '', wish: {} });

export function benchOn(store: Store, endings: LedgerParts['endings'] = () => Promise.resolve([])): Bench {
  const parts = { store, journal: new Journal(store), endings };
  const holder = newId();
  const jobs = new Jobs(parts, 'batch', holder);
  const running: Dispatching[] = [];
  const row = async ({ id }: Pick<JobRow, 'id'>): Promise<JobRow> => {
    const found = await store.get('jobs', id);
    if (!found) throw new Error(`Expected the job ${id}, found none`);
    return found;
  };
  return {
    ...parts,
    jobs,
    holder,
    row,
    begin: async (items, about = {}) => {
      const listed = typeof items === 'number' ? Array.from({ length: items }, (_, at) => blank(at + 1)) : items;
      const wish = { kind: 'batch', name: 'Shoes', priority: 0, wish: {}, blobs: [], ...about } as const;
      return jobs.begin(ANNA, await jobs.prepare(ANNA, wish), listed);
    },
    items: async ({ id }) => {
      const all: ItemRow[] = [];
      for await (const item of itemsOfJob(store, id)) all.push(item);
      return all;
    },
    dispatch: (trade, { rhythm = RHYTHM, ...about } = {}) => {
      const mine = { ...parts, log, holder: newId(), journal: new Journal(about.store ?? store), ...about };
      const stop = new Dispatcher(mine, [trade], rhythm).start();
      const one = { holder: mine.holder, stop };
      running.push(one);
      return one;
    },
    until: async (job, ...states) => {
      const is = async (): Promise<boolean> => states.includes((await row(job)).state);
      // Without transactions what is about to be undone can be seen for a moment.
      await until(async () => (await is()) && (await sleep(SETTLED_MS, true)) && (await is()));
      return row(job);
    },
    stop: async () => {
      for (const each of running.splice(0)) await each.stop();
    },
  };
}

/** Waits until it is so. */
export async function until(condition: () => boolean | Promise<boolean>, patience_ms = 45_000): Promise<void> {
  for (const latest = Date.now() + patience_ms; !(await condition());) {
    if (Date.now() > latest) throw new Error('waited in vain');
    await sleep(20);
  }
}

export interface Cut {
  readonly store: Store;
  /** Whether writes are refused, as where the database does not answer. */
  down: boolean;
}

/** A store whose connection a test can cut. */
export function cuttable(inner: Store): Cut {
  const cut = { store: inner, down: false };
  const write: Store['write'] = (changes) =>
    cut.down ? Promise.reject(new GatewayError('store_unavailable', 'Expected the database')) : inner.write(changes);
  cut.store = new Proxy(inner, {
    get(target, name) {
      const value: unknown = name === 'write' ? write : Reflect.get(target, name, target);
      return typeof value === 'function' ? (value as (...given: unknown[]) => unknown).bind(target) : value;
    },
  });
  return cut;
}

/** What the journal tells of a job, oldest first. */
export async function toldOf(store: Store, { id }: Pick<JobRow, 'id'>, action: string): Promise<readonly JournalRow[]> {
  const { rows } = await store.find('journal', { where: { target: id, action }, order: ['seq', 'asc'], limit: 500 });
  return rows;
}
