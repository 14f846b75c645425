/**
 * Hands out the items of jobs that run, and writes down how they went. The store is the truth: whatever dies, here or
 * where the work is done, its items wait again. Several gateways may share a store; each has a dispatcher.
 */
import { randomUUID } from 'node:crypto';
import { isProblem } from '../errors.ts';
import { Bell } from '../events/bell.ts';
import type { Log } from '../logs.ts';
import { retried } from '../store/retry.ts';
import type { JobRow } from '../store/rows.ts';
import { bury, claim, giveBack, leaveNothing, sayAlive } from './claims.ts';
import { countItems } from './items.ts';
import { jobEntry, rested, type LedgerParts } from './job-rows.ts';
import { Lots } from './lots.ts';
import { isPassing, type Trade } from './trade.ts';

export interface DispatcherParts extends LedgerParts {
  readonly holder: string;
  readonly log: Log;
}

export interface Rhythm {
  /** How often it looks for work that nobody told it of, and for dispatchers that died. */
  readonly look_ms: number;
  readonly lease_ms: number;
}

const RHYTHM: Rhythm = { look_ms: 1000, lease_ms: 30_000 };
const MOST_JOBS = 200;
const ASKED_AGAIN_MS = 3000;

export class Dispatcher {
  readonly id: string;
  readonly #parts: DispatcherParts;
  readonly #trades: ReadonlyMap<JobRow['kind'], Lots>;
  readonly #rhythm: Rhythm;
  readonly #over = new AbortController();
  readonly #bell = new Bell();
  readonly #served = new Map<string, number>();
  /** Jobs that could not end: not before then. */
  readonly #unready = new Map<string, number>();
  #turn = 0;

  constructor(parts: DispatcherParts, trades: readonly Trade[], rhythm: Rhythm = RHYTHM) {
    this.id = parts.holder;
    this.#parts = parts;
    this.#rhythm = rhythm;
    this.#trades = new Map(
      trades.map((trade) => [
        trade.kind,
        new Lots(parts, trade, {
          ended: (job) => this.#lotEnded(job),
          trouble: (job, error) => this.#trouble(job, error),
          left: (job) => void this.#endIfPaused(job),
        }),
      ]),
    );
  }

  /** Begins to work. Returns how to stop: resolves once what was under way is written or given back. */
  start(): () => Promise<void> {
    const unlisten = this.#parts.journal.listen(({ action }) => {
      if (/^(batch|import)\.(created|progressed|resumed|paused|cancelled)$/.test(action)) this.#bell.ring();
    });
    const loop = Promise.all([this.#stayAlive(), this.#dispatch()]);
    return async () => {
      this.#over.abort(new Error('the gateway ends'));
      unlisten();
      this.#bell.ring();
      await loop;
      for (const lots of this.#trades.values()) await lots.stop();
      await leaveNothing(this.#parts, this.id).catch((error: unknown) =>
        this.#parts.log.warn({ err: error }, 'work could not be given back'),
      );
      await this.#parts.store.write([{ remove: 'dispatchers', id: this.id }]).catch(() => undefined);
    };
  }

  /** Says so, three times as often as needed, and takes over from those that did not. */
  async #stayAlive(): Promise<void> {
    const { store, log } = this.#parts;
    const each = new Bell();
    // With a database of its own a gateway is alone: whoever else is listed is dead.
    let alone = store.kind === 'sqlite';
    while (!this.#over.signal.aborted) {
      try {
        await sayAlive(store, this.id, this.#rhythm.lease_ms);
        const freed = await bury(this.#parts, this.id, alone);
        alone = false;
        if (freed > 0) log.info({ freed }, 'work of a gateway that died goes on');
        if (freed > 0) this.#bell.ring();
      } catch (error) {
        log.warn({ err: error }, 'could not say that it is alive');
      }
      await each.wait(this.#rhythm.lease_ms / 3, this.#over.signal);
    }
  }

  async #dispatch(): Promise<void> {
    while (!this.#over.signal.aborted) {
      try {
        if (!(await this.#handOut())) await this.#bell.wait(this.#rhythm.look_ms, this.#over.signal);
      } catch (error) {
        this.#parts.log.warn({ err: error }, 'no work could be handed out');
        await this.#bell.wait(this.#rhythm.look_ms, this.#over.signal);
      }
    }
  }

  /** Whether anything was. */
  async #handOut(): Promise<boolean> {
    const { rows } = await this.#parts.store.find('jobs', {
      where: { state: 'running' },
      order: ['priority', 'desc'],
      limit: MOST_JOBS,
    });
    for (const lots of this.#trades.values()) lots.keepOnly(rows);
    const turns = rows.toSorted((a, b) => b.priority - a.priority || this.#servedAt(a) - this.#servedAt(b));
    for (const job of turns) if (await this.#serve(job)) return true;
    return false;
  }

  #servedAt = ({ id }: JobRow): number => this.#served.get(id) ?? 0;

  /** Whether the job got something to do, or its end. */
  async #serve(job: JobRow): Promise<boolean> {
    const lots = this.#trades.get(job.kind);
    const most = lots?.roomFor(job) ?? 0;
    if (!lots || most === 0) return false;
    const items = await claim(this.#parts.store, this.id, job.id, most);
    if (items.length === 0) return !lots.has(job.id) && this.#end(job, lots);
    if (this.#over.signal.aborted) {
      await giveBack(this.#parts.store, items);
      return false;
    }
    this.#served.set(job.id, (this.#turn += 1));
    await lots.begin(job, items);
    return true;
  }

  /** Whether it has ended: nothing waits and nobody works on it. */
  async #end(job: JobRow, lots: Lots): Promise<boolean> {
    const before = await countItems(this.#parts.store, job.id);
    if (!isOver(job, before) || Date.now() < (this.#unready.get(job.id) ?? 0)) return false;
    return (await this.#readyToEnd(job, lots)) && this.#writeEnd(job, lots);
  }

  /** What cannot end now must not keep others from being served: it is asked again later. */
  async #readyToEnd(job: JobRow, { trade }: Lots): Promise<boolean> {
    try {
      await trade.beforeEnd?.(job, { signal: this.#over.signal, request: randomUUID() });
      this.#unready.delete(job.id);
      return true;
    } catch (error) {
      this.#unready.set(job.id, Date.now() + ASKED_AGAIN_MS);
      if (!this.#over.signal.aborted) this.#tell(job, error);
      return false;
    }
  }

  /** What was under way when somebody paused it may have been all that was left. */
  async #endIfPaused(job: JobRow): Promise<void> {
    const lots = this.#trades.get(job.kind);
    const row = await this.#parts.store.get('jobs', job.id).catch(() => undefined);
    if (lots && row?.state === 'paused') await this.#end(row, lots).catch((error: unknown) => this.#tell(row, error));
  }

  #writeEnd(job: JobRow, lots: Lots): Promise<boolean> {
    return retried(async () => {
      const { store, journal } = this.#parts;
      const row = await store.get('jobs', job.id);
      const counts = await countItems(store, job.id);
      if (row?.state !== job.state || !isOver(row, counts)) return false;
      const state = counts.failed === 0 ? 'done' : counts.done === 0 ? 'failed' : 'partial';
      const ended = {
        ...rested(row),
        state,
        counts,
        code: '',
        message: '',
        ended_at: new Date().toISOString(),
      } as const;
      const changes = [{ update: 'jobs', row: ended } as const, ...(await this.#parts.endings(ended))];
      await journal.write(changes, jobEntry(job, 'ended', { state, counts, total: row.total }));
      this.#served.delete(job.id);
      lots.forget(job.id);
      return true;
    });
  }

  /** A lot is over and was written: things go well. */
  #lotEnded(job: JobRow): void {
    this.#trades.get(job.kind)?.goOn();
    if (job.code !== '') void this.#say(job, '', '');
    this.#bell.ring();
  }

  /** What holds up all work of the kind. */
  #trouble(job: JobRow, error: unknown): void {
    this.#trades.get(job.kind)?.rest();
    this.#tell(job, error);
  }

  #tell(job: JobRow, error: unknown): void {
    const known = isProblem(error) ? error : undefined;
    if (!known || !isPassing(known.code)) this.#parts.log.error({ err: error, job: job.id }, 'a job does not go on');
    void this.#say(job, known?.code ?? 'internal_error', known?.message ?? 'Something failed that should not have');
  }

  /** Why a job does not go on, for people to see. */
  async #say(job: JobRow, code: string, message: string): Promise<void> {
    try {
      await retried(async () => {
        const row = await this.#parts.store.get('jobs', job.id);
        if (row?.state !== 'running' || row.code === code) return;
        const counts = await countItems(this.#parts.store, job.id);
        const next = { ...row, counts, code, message };
        await this.#parts.journal.write(
          [{ update: 'jobs', row: next }],
          jobEntry(job, 'progressed', { total: row.total, counts, trouble: code }),
        );
      });
    } catch (error) {
      this.#parts.log.warn({ err: error, job: job.id }, 'trouble could not be written down');
    }
  }
}

/** Every item ended. Counted while others write, a database may miss one that moves: then there are fewer than there should be. */
const isOver = ({ total }: JobRow, { waiting, running, done, failed }: JobRow['counts']): boolean =>
  waiting + running === 0 && done + failed === total;
