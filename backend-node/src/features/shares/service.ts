/** Share links as their owner handles them. */
import type { z } from 'zod';
import type { PageQuery } from '../../contract/common.ts';
import type { Share, sharesRoutes } from '../../contract/shares.ts';
import { GatewayError } from '../../errors.ts';
import { ownEntry, type By } from '../../events/journal.ts';
import { positionOf, shownPage } from '../../http/cursor.ts';
import { signed } from '../../http/purpose-keys.ts';
import { newId, now } from '../../ids.ts';
import { owned } from '../../store/owned.ts';
import { retried } from '../../store/retry.ts';
import type { ShareRow } from '../../store/rows.ts';
import type { ShareParts } from './parts.ts';

const DAY_MS = 86_400_000;
const MOST_LINKS = 100;

type NewShare = z.output<typeof sharesRoutes.createShare.body>;

export class Shares {
  readonly #parts: Pick<ShareParts, 'store' | 'journal'>;
  readonly #key: Uint8Array;

  constructor(parts: Pick<ShareParts, 'store' | 'journal'>, key: Uint8Array) {
    this.#parts = parts;
    this.#key = key;
  }

  /** Throws not_found, and conflict where the album has too many links. */
  async create(by: By, album: string, { expires_in_days, variant }: NewShare): Promise<Share> {
    const { store, journal } = this.#parts;
    await owned(store, 'albums', album, by.who.id);
    const where = { album, state: 'active', expires_at: { from: now() } } as const;
    if ((await store.count('shares', { where })) >= MOST_LINKS) {
      throw new GatewayError('conflict', `Expected at most ${MOST_LINKS} links to an album; revoke one first`);
    }
    const expires_at = new Date(Date.now() + expires_in_days * DAY_MS).toISOString();
    const row = {
      id: newId(),
      owner: by.who.id,
      album,
      variant,
      state: 'active',
      created_at: now(),
      expires_at,
    } as const;
    const entry = ownEntry(by, 'share.created', row.id, { album, variant, expires_at });
    await journal.write([{ insert: 'shares', row }], entry);
    return this.#shown(row);
  }

  async list(owner: string, album: string, { limit, cursor }: z.output<typeof PageQuery>) {
    const { store } = this.#parts;
    await owned(store, 'albums', album, owner);
    const after = positionOf('shares', cursor);
    const order = ['created_at', 'desc'] as const;
    const page = await store.find('shares', { where: { album }, order, limit, after });
    return shownPage('shares', page, (row) => this.#shown(row));
  }

  /** Once revoked, again is no mistake. */
  revoke(by: By, id: string): Promise<void> {
    const { store, journal } = this.#parts;
    return retried(async () => {
      const row = await owned(store, 'shares', id, by.who.id);
      if (row.state === 'revoked') return;
      const entry = ownEntry(by, 'share.revoked', id, { album: row.album });
      await journal.write([{ update: 'shares', row: { ...row, state: 'revoked' } }], entry);
    });
  }

  #shown({ id, album, variant, state, created_at, expires_at }: Omit<ShareRow, 'revision'>): Share {
    const now_state = state === 'active' && expires_at <= now() ? 'expired' : state;
    const url = now_state === 'active' ? `/s/${signed(this.#key, id)}` : '';
    return { id, album, variant, state: now_state, created_at, expires_at, url };
  }
}
