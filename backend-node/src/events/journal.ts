/**
 * The journal: every change is written together with an entry that says who did what. Entries form a chain by hash, so
 * that a changed or missing one shows. The same entries are what browsers hear of as events.
 */
import { createHash } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { now } from '../ids.ts';
import { every, first, WriteConflict, type Change, type Store } from '../store/store.ts';
import type { JournalRow } from '../store/rows.ts';

const MOST_TRIES = 20;
const CHAIN_START = '0'.repeat(64);

export interface Entry {
  /** Whose things changed; '' where they are nobody's. */
  readonly owner: string;
  readonly actor: string;
  /** What was done: noun.verb, like image.trashed */
  readonly action: string;
  /** The id of what it was done to. */
  readonly target: string;
  /** Small facts. Never a password, a token or a name that must be forgettable. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly request: string;
}

interface Head {
  readonly seq: number;
  readonly hash: string;
}

export class Journal {
  readonly #store: Store;
  readonly #heard = new EventEmitter().setMaxListeners(0);
  #head: Head | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(store: Store) {
    this.#store = store;
  }

  /** All changes and their entry, or nothing. Rejects with WriteConflict about the changes. */
  write(changes: readonly Change[], entry: Entry): Promise<void> {
    const done = this.#queue.then(() => this.#append(changes, entry));
    this.#queue = done.catch(() => undefined);
    return done;
  }

  /** Called for each entry written by this process. Returns how to stop. */
  listen(heard: (row: JournalRow) => void): () => void {
    this.#heard.on('entry', heard);
    return () => void this.#heard.off('entry', heard);
  }

  /** The first seq whose entry is changed, missing or out of place; undefined where the chain holds. */
  async broken(): Promise<number | undefined> {
    let last: Head = { seq: 0, hash: CHAIN_START };
    for await (const row of every(this.#store, 'journal', { order: ['seq', 'asc'] })) {
      if (row.seq !== last.seq + 1 || row.previous !== last.hash || row.hash !== hashOf(row)) return last.seq + 1;
      last = row;
    }
    return undefined;
  }

  async #append(changes: readonly Change[], entry: Entry): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const head = (this.#head ??= await this.#readHead());
      const row = rowOf(entry, head);
      try {
        await this.#store.write([...changes, { insert: 'journal', row }]);
        this.#head = row;
        this.#heard.emit('entry', { ...row, revision: 1 });
        return;
      } catch (error) {
        this.#head = undefined;
        // Another gateway wrote this seq first: read the head again.
        if (!(error instanceof WriteConflict && error.collection === 'journal')) throw error;
      }
    }
    throw new Error(`the journal could not be appended to in ${MOST_TRIES} tries`);
  }

  async #readHead(): Promise<Head> {
    return (await first(this.#store, 'journal', { order: ['seq', 'desc'] })) ?? { seq: 0, hash: CHAIN_START };
  }
}

type NewRow = Omit<JournalRow, 'revision'>;

function rowOf(entry: Entry, head: Head): NewRow {
  const seq = head.seq + 1;
  const unsigned = { id: String(seq).padStart(12, '0'), seq, at: now(), details: {}, ...entry, previous: head.hash };
  return { ...unsigned, hash: hashOf(unsigned) };
}

function hashOf(row: Omit<NewRow, 'hash'>): string {
  const parts = [row.seq, row.at, row.owner, row.actor, row.action, row.target, row.details, row.request, row.previous];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
