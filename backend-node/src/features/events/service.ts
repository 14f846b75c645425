/** What somebody hears of, from where on, and for how long. */
import type { Event } from '../../contract/events.ts';
import { GatewayError } from '../../errors.ts';
import { entryId } from '../../events/journal.ts';
import type { Who } from '../../http/call.ts';
import { now } from '../../ids.ts';
import type { JournalRow } from '../../store/rows.ts';
import type { EventParts } from './parts.ts';

/** Who missed more reads everything again: that is faster. */
const MOST_MISSED = 5000;
const PAGE = 100;

export interface Beginning {
  readonly seq: number;
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
    if (last === undefined) return { seq: newest, reset: false };
    if (!/^\d{1,12}$/.test(last)) {
      throw new GatewayError(
        'invalid_request',
        'Expected in Last-Event-ID the id of an event, received something else',
      );
    }
    const seq = Number(last);
    // An id of the future is one of a journal that a backup has replaced.
    if (seq > newest || (await this.#missed(owner, seq)) > MOST_MISSED) return { seq: newest, reset: true };
    return { seq, reset: false };
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

  #missed(owner: string, seq: number): Promise<number> {
    return this.#parts.store.count('journal', { where: { owner, id: { from: entryId(seq + 1) } } });
  }
}

const lasts = (expires_at: string): boolean => expires_at === '' || expires_at > now();

export const eventOf = ({ target, action, at, details }: JournalRow): Event => ({ target, action, at, details });
