/** What somebody hears of, from where on, and for how long. */
import type { Event } from '../../contract/events.ts';
import { entryId } from '../../events/journal.ts';
import type { Who } from '../../http/call.ts';
import { now } from '../../ids.ts';
import type { JournalRow } from '../../store/rows.ts';
import type { EventParts } from './parts.ts';
import { parsedPlace, placeAt, type Place } from './place.ts';
import { PROGRESS } from './progress.ts';

/** Who missed more reads everything again: that is faster. */
const MOST_MISSED = 5000;
/** The same, with progress, of which only the newest is told. */
const MOST_READ = 50_000;
const PAGE = 100;

export interface Beginning {
  readonly place: Place;
  readonly reset: boolean;
}

export class Events {
  readonly #parts: Pick<EventParts, 'store' | 'journal'>;

  constructor(parts: Pick<EventParts, 'store' | 'journal'>) {
    this.#parts = parts;
  }

  /** last: the header Last-Event-ID. Throws invalid_request. */
  async beginning(owner: string, last: string | undefined): Promise<Beginning> {
    const newest = await this.#parts.journal.newest();
    if (last === undefined) return { place: placeAt(newest), reset: false };
    const place = parsedPlace(last);
    // An id of the future is one of a journal that a backup has replaced.
    if (place.most > newest || (await this.#missedTooMuch(owner, place))) {
      return { place: placeAt(newest), reset: true };
    }
    return { place, reset: false };
  }

  /** The next entries about somebody's things, oldest first, at most PAGE of them. */
  async after(owner: string, seq: number): Promise<readonly JournalRow[]> {
    const after = { value: entryId(seq), id: entryId(seq) };
    const order = ['id', 'asc'] as const;
    return (await this.#parts.store.find('journal', { where: { owner }, order, after, limit: PAGE })).rows;
  }

  /** Whether what somebody signed in with is still good. */
  async mayHear({ id, session, key }: Who): Promise<boolean> {
    const { store } = this.#parts;
    const user = await store.get('users', id);
    if (user?.state !== 'active') return false;
    if (key !== '') {
      const known = await store.get('api_keys', key);
      return known?.owner === id && known.scopes.includes('images:read') && lasts(known.expires_at);
    }
    const known = await store.get('sessions', session);
    return known?.owner === id && lasts(known.expires_at);
  }

  async #missedTooMuch(owner: string, { all }: Place): Promise<boolean> {
    const { store } = this.#parts;
    const missed = { owner, id: { from: entryId(all + 1) } };
    const read = await store.count('journal', { where: missed });
    if (read <= MOST_MISSED || read > MOST_READ) return read > MOST_MISSED;
    const progress = await store.count('journal', { where: { ...missed, action: { in: PROGRESS } } });
    return read - progress > MOST_MISSED;
  }
}

const lasts = (expires_at: string): boolean => expires_at === '' || expires_at > now();

export const eventOf = ({ target, action, at, details }: JournalRow): Event => ({ target, action, at, details });
