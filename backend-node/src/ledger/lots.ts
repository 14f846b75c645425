/** Items of one kind of job that are under way in this gateway: how many fit, how they went, and what is given back. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError, isProblem } from '../errors.ts';
import type { ItemRow, JobRow } from '../store/rows.ts';
import { giveBack } from './claims.ts';
import type { DispatcherParts } from './dispatcher.ts';
import { LiveCounts } from './live-counts.ts';
import { Pace } from './pace.ts';
import { Settling } from './settling.ts';
import { isPassing, type Trade } from './trade.ts';

/** Who was begun so often and never came back is what ends those that work on it. */
const MOST_ATTEMPTS = 10;
const AGAIN_MS = 2000;
const FIRST_REST_MS = 1000;
const LONGEST_REST_MS = 30_000;
const MOST_UNWRITTEN = 500;

interface Run {
  readonly job: JobRow;
  readonly counts: LiveCounts;
  readonly settling: Settling;
  readonly stop: AbortController;
  readonly lots: Set<Promise<void>>;
  items: number;
}

export interface LotsHooks {
  readonly ended: (job: JobRow) => void;
  readonly trouble: (job: JobRow, error: unknown) => void;
  /** Nothing of it is under way any more, and it does not run. */
  readonly left: (job: JobRow) => void;
}

export class Lots {
  readonly trade: Trade;
  readonly #parts: DispatcherParts;
  readonly #hooks: LotsHooks;
  readonly #pace: Pace;
  readonly #runs = new Map<string, Run>();
  #resting_until = 0;
  #rest_ms = 0;

  constructor(parts: DispatcherParts, trade: Trade, hooks: LotsHooks) {
    this.trade = trade;
    this.#parts = parts;
    this.#hooks = hooks;
    const { least, most, lots } = trade.lot;
    this.#pace = new Pace(least * 2, most * lots);
  }

  /** Something holds up all of them: nothing begins for a while, longer each time. */
  rest(): void {
    // Lots that fail together tell of one trouble, not of many.
    if (this.#resting) return;
    this.#rest_ms = Math.min(LONGEST_REST_MS, Math.max(FIRST_REST_MS, this.#rest_ms * 2));
    this.#resting_until = Date.now() + this.#rest_ms;
  }

  /** It goes well again. */
  goOn(): void {
    this.#rest_ms = 0;
  }

  get #resting(): boolean {
    return Date.now() < this.#resting_until;
  }

  /** How many items of the job may begin now. One lot is kept free for what is more urgent than anything under way. */
  roomFor({ priority }: JobRow): number {
    if (this.#resting) return 0;
    const { least, most, lots } = this.trade.lot;
    const runs = [...this.#runs.values()];
    const begun = runs.reduce((sum, run) => sum + run.lots.size, 0);
    const urgent = runs.every((run) => run.lots.size === 0 || run.job.priority < priority);
    if (begun >= (urgent || lots === 1 ? lots : lots - 1)) return 0;
    const ahead = runs.reduce((sum, run) => sum + (run.job.priority >= priority ? run.items : 0), 0);
    const room = this.#pace.room - ahead;
    return room < least ? 0 : Math.min(room, most, Math.max(least, this.#pace.lot));
  }

  /** Whether any of its items are under way, or not written yet. */
  has(job: string): boolean {
    return (this.#runs.get(job)?.lots.size ?? 0) > 0;
  }

  forget(job: string): void {
    if (!this.has(job)) this.#runs.delete(job);
  }

  async begin(job: JobRow, items: readonly ItemRow[]): Promise<void> {
    const known = this.#runs.get(job.id);
    // One that was dropped takes nothing more.
    const run = known && !known.stop.signal.aborted ? known : this.#newRun(job);
    this.#runs.set(job.id, run);
    run.items += items.length;
    await run.counts.claimed(items.length).catch(() => undefined);
    const lot = this.#work(run, job, items).finally(() => {
      run.items -= items.length;
      run.lots.delete(lot);
      if (run.lots.size === 0) this.#pace.rested();
    });
    run.lots.add(lot);
  }

  /** Lots of jobs that were cancelled are dropped; those of paused ones are finished. */
  keepOnly(running: readonly JobRow[]): void {
    const known = new Set(running.map(({ id }) => id));
    for (const [id, run] of this.#runs) {
      if (known.has(id)) continue;
      if (run.lots.size > 0) void this.#dropIfOver(run);
      else if (run.settling.idle) {
        this.#runs.delete(id);
        this.#hooks.left(run.job);
      }
    }
  }

  async stop(): Promise<void> {
    const runs = [...this.#runs.values()];
    for (const run of runs) run.stop.abort(new Error('the gateway ends'));
    await Promise.all(runs.flatMap((run) => [...run.lots]));
    await Promise.all(runs.map((run) => run.settling.settled()));
  }

  async #dropIfOver(run: Run): Promise<void> {
    const row = await this.#parts.store.get('jobs', run.job.id).catch(() => run.job);
    // preparing: its failed items are about to wait again.
    const goes = row && ['running', 'paused', 'preparing'].includes(row.state);
    if (!goes) run.stop.abort(new Error('the job was cancelled'));
  }

  #newRun(job: JobRow): Run {
    const counts = new LiveCounts(this.#parts.store, job.id);
    const settling = new Settling(this.#parts, job, counts);
    return { job, counts, settling, stop: new AbortController(), lots: new Set(), items: 0 };
  }

  async #work(run: Run, job: JobRow, items: readonly ItemRow[]): Promise<void> {
    const left = new Map(items.map((item) => [item.id, item]));
    let trouble: unknown;
    try {
      const asking = { signal: run.stop.signal, request: randomUUID(), who: { id: job.owner } };
      for await (const outcome of this.trade.work(job, items, asking)) {
        if (!left.delete(outcome.item.id)) continue;
        run.settling.add(outcome);
        this.#pace.passed(1);
        if ('problem' in outcome && isPassing(outcome.problem.code)) trouble = passing(outcome.problem);
      }
    } catch (error) {
      trouble = error;
    }
    const begun = left.size < items.length || !isProblem(trouble) || !isPassing(trouble.code);
    if (left.size > 0) await this.#leave(run, [...left.values()], begun);
    // Results are written while the next lot is worked on, but not piled up.
    if (run.settling.waiting > MOST_UNWRITTEN) await run.settling.settled();
    if (trouble === undefined) this.#hooks.ended(job);
    else if (!run.stop.signal.aborted) this.#hooks.trouble(job, trouble);
  }

  /** begun: whether anybody worked on them at all. */
  async #leave(run: Run, items: readonly ItemRow[], begun: boolean): Promise<void> {
    const ends = begun && !run.stop.signal.aborted;
    const poison = items.filter(({ attempts }) => ends && attempts >= MOST_ATTEMPTS);
    for (const item of poison) run.settling.add({ item, problem: POISON, retry: false });
    const others = items.filter((item) => !poison.includes(item));
    await run.settling.settled();
    await this.#giveBack(begun ? others : others.map((item) => ({ ...item, attempts: item.attempts - 1 })));
    run.counts.take(others.map(() => ({ state: 'waiting' })));
  }

  async #giveBack(items: readonly ItemRow[]): Promise<void> {
    for (;;) {
      try {
        await giveBack(this.#parts.store, items);
        return;
      } catch (error) {
        if (!isProblem(error, 'store_unavailable', 'storage_full')) throw error;
        await sleep(AGAIN_MS);
      }
    }
  }
}

const POISON = {
  code: 'worker_lost',
  detail: `What worked on this picture ended ${MOST_ATTEMPTS} times before it was done: it is not tried any more`,
};

const passing = ({ code, detail }: { readonly code: string; readonly detail: string }): GatewayError =>
  new GatewayError(code as GatewayError['code'], detail);
