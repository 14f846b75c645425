/**
 * The journal: every change is written together with an entry that says who did what. Entries form a chain by hash, so
 * that a changed or missing one shows. The same entries are what browsers hear of as events.
 */
import { EventEmitter } from 'node:events';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { GatewayError } from '../errors.ts';
import { first, WriteConflict, type Change, type Store } from '../store/store.ts';
import { BEGINNING, entryId, follows, rowAfter, type Head, type NewJournalRow } from './chain.ts';
import type { Entry } from './entry.ts';

export { entryId } from './chain.ts';
export { ownEntry, type By, type Entry } from './entry.ts';

const MOST_TRIES = 20;
const PAGE = 500;

export interface Verdict {
  /** How many entries hold, from the first one on. */
  readonly entries: number;
  /** Hash of the last entry that holds. Who notes it elsewhere sees when the newest entries go. */
  readonly head: string;
  /** The first seq whose entry is changed, missing or out of place; undefined where the chain holds. */
  readonly broken_at: number | undefined;
}

export class Journal {
  readonly #store: Store;
  readonly #heard = new EventEmitter().setMaxListeners(0);
  #head: Head | undefined;
  #newestSeen = 0;
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

  /** Called for each entry written by this process; must not throw. Returns how to stop. */
  listen(heard: (row: NewJournalRow) => void): () => void {
    this.#heard.on('entry', heard);
    return () => void this.#heard.off('entry', heard);
  }

  /** The seq of the newest entry, whoever wrote it; 0 where there is none. */
  async newest(): Promise<number> {
    return (await this.#readHead()).seq;
  }

  /** Reads the whole chain again. */
  async verify(): Promise<Verdict> {
    // Entries that this process has seen must still be there.
    const least = this.#newestSeen;
    let last: Head = BEGINNING;
    for (let full = true; full;) {
      const found = await this.#store.find('journal', { order: ['seq', 'asc'], limit: PAGE, after: placeOf(last) });
      for (const row of found.rows) {
        if (!follows(row, last)) return { entries: last.seq, head: last.hash, broken_at: last.seq + 1 };
        last = row;
      }
      full = found.next !== undefined;
      // Others are served between two pages.
      await setImmediate();
    }
    return { entries: last.seq, head: last.hash, broken_at: last.seq < least ? last.seq + 1 : undefined };
  }

  async #append(changes: readonly Change[], entry: Entry): Promise<void> {
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      const head = (this.#head ??= await this.#readHead());
      const row = rowAfter(head, entry);
      if (await this.#wrote([...changes, { insert: 'journal', row }])) {
        this.#saw(row);
        this.#heard.emit('entry', row);
        return;
      }
      await sleep(Math.random() * 10 * tries);
    }
    throw new GatewayError('conflict', 'Expected fewer gateways to write at once; try again');
  }

  /** False where another gateway wrote this seq first. */
  async #wrote(changes: readonly Change[]): Promise<boolean> {
    try {
      await this.#store.write(changes);
      return true;
    } catch (error) {
      const isConflict = error instanceof WriteConflict;
      // Nothing was written then, and the head is what it was.
      if (isConflict && error.collection !== 'journal') throw error;
      this.#head = undefined;
      if (isConflict) return false;
      throw error;
    }
  }

  async #readHead(): Promise<Head> {
    const newest = await first(this.#store, 'journal', { order: ['seq', 'desc'] });
    if (newest) this.#newestSeen = Math.max(this.#newestSeen, newest.seq);
    return newest ?? BEGINNING;
  }

  #saw(row: Head): void {
    this.#head = row;
    this.#newestSeen = Math.max(this.#newestSeen, row.seq);
  }
}

const placeOf = ({ seq }: Head) => ({ value: seq, id: entryId(seq) });
