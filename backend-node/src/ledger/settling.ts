/** Outcomes on their way into the store: some at a time, so that neither the disk nor those who watch are asked too often. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isProblem } from '../errors.ts';
import { now } from '../ids.ts';
import type { Log } from '../logs.ts';
import { retried } from '../store/retry.ts';
import type { ItemRow, JobRow } from '../store/rows.ts';
import { WriteConflict, type Change } from '../store/store.ts';
import { AT_ONCE } from './items.ts';
import { jobEntry, type LedgerParts } from './job-rows.ts';
import type { LiveCounts } from './live-counts.ts';
import { isPassing, type Outcome } from './trade.ts';

const MOST_TOGETHER = 100;
const EACH_MS = 200;
const MOST_STRIKES = 3;
const STRIKE_MS = 5000;
const MOST_PAUSE_MS = 10_000;
/** The result is there, only the database does not take it at present. */
const HELD_UP = ['store_unavailable', 'storage_full'] as const;
const UNEXPECTED = { code: 'internal_error', detail: 'The gateway met an error it did not expect; its log says more' };

/** What was written of some outcomes. */
type Settled = { readonly item: ItemRow; readonly changes: readonly Change[]; readonly row: ItemRow };

export class Settling {
  readonly #parts: LedgerParts & { readonly log: Log };
  readonly #job: JobRow;
  readonly #counts: LiveCounts;
  #queue: Outcome[] = [];
  #working: Promise<void> | undefined;

  constructor(parts: LedgerParts & { readonly log: Log }, job: JobRow, counts: LiveCounts) {
    this.#parts = parts;
    this.#job = job;
    this.#counts = counts;
  }

  add(outcome: Outcome): void {
    this.#queue.push(outcome);
    this.#working ??= this.#work().finally(() => (this.#working = undefined));
  }

  /** Whether everything is written. */
  get idle(): boolean {
    return this.#working === undefined;
  }

  /** Outcomes that are not being written yet. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** Resolves once everything added so far is written. */
  async settled(): Promise<void> {
    while (this.#working) await this.#working;
  }

  async #work(): Promise<void> {
    while (this.#queue.length > 0) {
      // Where they come fast nobody waits for more of them.
      if (this.#queue.length < MOST_TOGETHER) await sleep(EACH_MS);
      await this.#flush(this.#next());
    }
  }

  /** Of two results of one image the second waits: it builds on what the first left. */
  #next(): readonly Outcome[] {
    const images = new Set<string>();
    const some: Outcome[] = [];
    const later: Outcome[] = [];
    for (const outcome of this.#queue) {
      const { image } = outcome.item;
      const fits = some.length < MOST_TOGETHER && (image === '' || !images.has(image));
      (fits ? some : later).push(outcome);
      images.add(image);
    }
    this.#queue = later;
    return some;
  }

  /** Until it is written: results are not thrown away because the database is away. */
  async #flush(outcomes: readonly Outcome[]): Promise<void> {
    for (let pause_ms = 500; ; pause_ms = Math.min(pause_ms * 2, MOST_PAUSE_MS)) {
      try {
        await this.#together(outcomes);
        return;
      } catch (error) {
        if (!isProblem(error, ...HELD_UP)) return this.#giveUp(outcomes, error);
        this.#parts.log.warn({ job: this.#job.id, code: error.code, items: outcomes.length }, 'results wait');
        await sleep(pause_ms);
      }
    }
  }

  /** What cannot be written keeps nothing else from being written, and nobody waits for it in vain. */
  async #giveUp(outcomes: readonly Outcome[], error: unknown): Promise<void> {
    if (outcomes.length > 1) {
      for (const outcome of outcomes) await this.#flush([outcome]);
      return;
    }
    const [outcome] = outcomes;
    this.#parts.log.error({ err: error, job: this.#job.id, item: outcome?.item.id }, 'a result could not be written');
    if (outcome && 'done' in outcome) await this.#flush([{ item: outcome.item, problem: UNEXPECTED, retry: true }]);
  }

  async #together(outcomes: readonly Outcome[]): Promise<void> {
    try {
      await this.#write(await Promise.all(outcomes.map(settledOf)));
    } catch (error) {
      if (!(error instanceof WriteConflict)) throw error;
      for (const outcome of outcomes) await this.#alone(outcome);
    }
  }

  /** Somebody else changed the image, or has the item by now. */
  async #alone(outcome: Outcome): Promise<void> {
    await retried(async () => {
      const current = await this.#parts.store.get('items', outcome.item.id);
      if (current?.revision !== outcome.item.revision) return;
      await this.#write([await settledOf(outcome)]);
    });
  }

  async #write(settled: readonly Settled[]): Promise<void> {
    const changes = settled.flatMap(({ changes: own, row }) => [...own, { update: 'items', row } as const]);
    const rows = settled.map(({ row }) => row);
    const details = { total: this.#job.total, counts: this.#counts.after(rows) };
    await this.#parts.journal.write(changes, jobEntry(this.#job, 'progressed', details));
    this.#counts.take(rows);
  }
}

async function settledOf(outcome: Outcome): Promise<Settled> {
  const { item } = outcome;
  const over = { ...item, holder: '', ended_at: now() } as const;
  if (!('done' in outcome)) return { item, changes: [], row: failedRow(over, outcome.problem, outcome.retry) };
  try {
    const { changes, fields } = await outcome.done();
    return { item, changes, row: { ...over, ...fields, state: 'done', code: '', message: '' } };
  } catch (error) {
    const held_up: boolean = isProblem(error, ...HELD_UP);
    if (held_up || !isProblem(error)) throw error;
    return {
      item,
      changes: [],
      row: failedRow(over, { code: error.code, detail: error.message }, error.code === 'conflict'),
    };
  }
}

/** Failed, or once more later. Nobody is to blame where all are held up. */
function failedRow(over: ItemRow, { code, detail }: { code: string; detail: string }, retry: boolean): ItemRow {
  const told = { code, message: detail };
  const attempts = over.attempts - 1;
  if (isPassing(code)) return { ...over, ...told, attempts, state: 'waiting', ended_at: '', due_at: AT_ONCE };
  const strikes = over.strikes + 1;
  if (!retry || strikes >= MOST_STRIKES) return { ...over, ...told, strikes, state: 'failed' };
  const due_at = new Date(Date.now() + STRIKE_MS * 3 ** (strikes - 1)).toISOString();
  return { ...over, ...told, strikes, state: 'waiting', ended_at: '', due_at };
}
