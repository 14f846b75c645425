/** Jobs: begun, listed, stopped and taken up again. Each change of a state is an entry in the journal. */
import { GatewayError, notFound } from '../errors.ts';
import { ownEntry, type By } from '../events/journal.ts';
import { newId, now } from '../ids.ts';
import { releasing } from '../store/released.ts';
import { retried } from '../store/retry.ts';
import type { JobRow } from '../store/rows.ts';
import type { Change, Page, Position } from '../store/store.ts';
import { itemRow, removeItems, waitingAgain, NONE, type NewItem } from './items.ts';
import { begun, ENDED, hasEnded, rested, type LedgerParts } from './job-rows.ts';

const LOT = 250;

/** What else is written with a job, as it will be. */
export type WrittenWith = (row: JobRow) => Promise<readonly Change[]>;

export interface Opening {
  /** What its items need besides what the job itself does. */
  readonly blobs?: readonly string[] | undefined;
  readonly more?: WrittenWith | undefined;
}

const nothingElse: WrittenWith = () => Promise.resolve([]);

/** A job that is about to be. */
export interface NewJob extends Pick<JobRow, 'kind' | 'name' | 'priority' | 'wish' | 'blobs'> {
  readonly id?: string;
}

const NOUNS = { batch: 'a batch', import: 'an import' } as const;

export class Jobs {
  readonly #parts: LedgerParts;
  readonly #kind: JobRow['kind'];
  /** Of this process, as dispatchers are told apart. */
  readonly #holder: string;

  constructor(parts: LedgerParts, kind: JobRow['kind'], holder: string) {
    this.#parts = parts;
    this.#kind = kind;
    this.#holder = holder;
  }

  /** Rejects with not_found, also for what is another's. */
  async own(id: string, owner: string): Promise<JobRow> {
    const row = await this.#parts.store.get('jobs', id);
    if (row?.owner !== owner || row.kind !== this.#kind) throw notFound(NOUNS[this.#kind]);
    return row;
  }

  list(owner: string, limit: number, after: Position | undefined): Promise<Page<JobRow>> {
    const where = { owner, kind: this.#kind };
    return this.#parts.store.find('jobs', { where, order: ['created_at', 'desc'], limit, after });
  }

  /** A job without items, which nobody works on yet: `add` and `open` follow, or `refuse`. */
  async prepare({ who }: By, job: NewJob, more = nothingElse): Promise<JobRow> {
    const row = {
      ...job,
      id: job.id ?? newId(),
      owner: who.id,
      state: 'preparing',
      total: 0,
      refused: 0,
      counts: NONE,
      code: '',
      message: '',
      holder: this.#holder,
      created_at: now(),
      running_since: '',
      worked_ms: 0,
      ended_at: '',
    } as const;
    const begun = { ...row, revision: 1 };
    await this.#parts.store.write([{ insert: 'jobs', row }, ...(await more(begun))]);
    return begun;
  }

  /** More items of a job that is being prepared; first is the number of the first one. */
  async add({ id, owner }: JobRow, first: number, items: readonly NewItem[]): Promise<void> {
    for (let at = 0; at < items.length; at += LOT) {
      const lot = items.slice(at, at + LOT);
      const rows = lot.map((item, place) => itemRow(id, owner, first + at + place, item));
      await this.#parts.store.write(rows.map((row) => ({ insert: 'items', row }) as const));
    }
  }

  /** All its items are there, these: from now on they are worked on. */
  async open(
    by: By,
    job: JobRow,
    items: readonly NewItem[],
    { blobs = [], more = nothingElse }: Opening = {},
  ): Promise<JobRow> {
    const total = items.length;
    const refused = items.filter(({ problem }) => problem !== undefined).length;
    const counts = { ...NONE, waiting: total - refused, failed: refused };
    const held = (row: JobRow) => [...new Set([...row.blobs, ...blobs])];
    const opened = (row: JobRow): JobRow => ({ ...begun(row), total, refused, counts, blobs: held(row) });
    return this.#change(by, job.id, 'created', ['preparing'], opened, more);
  }

  /** All its items at once. Where they cannot be written the job never was. */
  async begin(by: By, job: JobRow, items: readonly NewItem[], opening: Opening = {}): Promise<JobRow> {
    try {
      await this.add(job, 1, items);
      return await this.open(by, job, items, opening);
    } catch (error) {
      await this.#abandon(job).catch(() => undefined);
      throw error;
    }
  }

  async #abandon({ id }: JobRow): Promise<void> {
    const { store } = this.#parts;
    const row = await store.get('jobs', id);
    // It was written after all, only nobody heard of it.
    if (row?.state !== 'preparing') return;
    await store.write([{ remove: 'jobs', id, revision: row.revision }]);
    await removeItems(store, id);
  }

  /** It could not be prepared: it ends before it began, and says why. */
  refuse(by: By, job: JobRow, { code, message }: { readonly code: string; readonly message: string }): Promise<JobRow> {
    const ended = { state: 'failed', holder: '', code, message, ended_at: now() } as const;
    const refused = (row: JobRow): JobRow => ({ ...row, ...ended });
    return this.#change(by, job.id, 'ended', ['preparing'], refused, this.#parts.endings);
  }

  /** Rejects with invalid_transition. */
  pause(by: By, id: string): Promise<JobRow> {
    return this.#change(by, id, 'paused', ['running'], (row) => ({ ...rested(row), state: 'paused' }));
  }

  resume(by: By, id: string): Promise<JobRow> {
    return this.#change(by, id, 'resumed', ['paused'], begun);
  }

  async cancel(by: By, id: string): Promise<JobRow> {
    const ended = { state: 'cancelled', ended_at: now(), code: '', message: '' } as const;
    return this.#change(by, id, 'cancelled', ['running', 'paused'], (row) => ({ ...rested(row), ...ended }));
  }

  /** Its failed items wait again. Rejects with invalid_transition where none failed, or it was cancelled. */
  async retryFailed(by: By, id: string): Promise<JobRow> {
    const job = await this.own(id, by.who.id);
    const { store } = this.#parts;
    // What was refused before anything was done with it would only be refused again.
    const failed = { job: id, state: 'failed', attempts: { from: 1 } } as const;
    const some = (await store.count('items', { where: failed })) > 0;
    if (!some || job.state === 'cancelled' || job.state === 'preparing') {
      throw new GatewayError(
        'invalid_transition',
        `Expected ${NOUNS[this.#kind]} with failed pictures that can be tried again, received one without, or one that was cancelled`,
      );
    }
    // Nobody may find it without waiting items and end it again meanwhile.
    await this.#change(by, id, 'retried', [job.state], (row) => ({
      ...rested(row),
      state: 'preparing',
      holder: this.#holder,
    }));
    try {
      for (let found = 1; found > 0;) {
        const { rows } = await store.find('items', { where: failed, limit: LOT });
        await store.write(rows.map((row) => ({ update: 'items', row: waitingAgain(row) }) as const));
        found = rows.length;
      }
    } catch (error) {
      // Some wait, some do not: it goes on with those, and the others can be asked for again.
      await this.#change(by, id, 'resumed', ['preparing'], begun);
      throw error;
    }
    return this.#change(by, id, 'resumed', ['preparing'], begun);
  }

  /** Off the list, with its items: they first, so that none is left without a job. Rejects with invalid_transition while it goes on. */
  async delete(by: By, id: string): Promise<void> {
    const expectEnded = async (): Promise<JobRow> => {
      const job = await this.own(id, by.who.id);
      if (!hasEnded(job)) throw transition(job.state, [...ENDED]);
      return job;
    };
    await expectEnded();
    await removeItems(this.#parts.store, id);
    await retried(async () => {
      const job = await expectEnded();
      const released = await releasing(this.#parts.store, job.blobs);
      await this.#parts.journal.write(
        [{ remove: 'jobs', id, revision: job.revision }, ...released],
        ownEntry(by, `${this.#kind}.deleted`, id),
      );
    });
  }

  #change(
    by: By,
    id: string,
    verb: string,
    from: readonly JobRow['state'][],
    change: (row: JobRow) => JobRow,
    more = nothingElse,
  ): Promise<JobRow> {
    return retried(async () => {
      const row = await this.own(id, by.who.id);
      if (!from.includes(row.state)) throw transition(row.state, from);
      const next = change(row);
      const details = { state: next.state, total: next.total };
      const shown = { ...next, revision: row.revision + 1 };
      await this.#parts.journal.write(
        [{ update: 'jobs', row: next }, ...(await more(shown))],
        ownEntry(by, `${this.#kind}.${verb}`, id, details),
      );
      return shown;
    });
  }
}

const transition = (state: string, from: readonly string[]): GatewayError =>
  new GatewayError('invalid_transition', `Expected it to be ${from.join(' or ')}, it is ${state}`);
