/** Rules of albums: whose they are, how they change, how they go. */
import { setImmediate } from 'node:timers/promises';
import type { z } from 'zod';
import type { Album, albumsRoutes } from '../../contract/albums.ts';
import type { PageQuery } from '../../contract/common.ts';
import { ownEntry, type By } from '../../events/journal.ts';
import { expectRevision } from '../../http/call.ts';
import { positionOf, shownPage } from '../../http/cursor.ts';
import { newId, now } from '../../ids.ts';
import { owned } from '../../store/owned.ts';
import { retried } from '../../store/retry.ts';
import type { AlbumRow } from '../../store/rows.ts';
import { every, type Change } from '../../store/store.ts';
import type { Members } from './members.ts';
import type { AlbumParts } from './parts.ts';

const COVERS = 4;

type NewAlbum = z.output<typeof albumsRoutes.createAlbum.body>;
type AlbumChange = z.output<typeof albumsRoutes.changeAlbum.body>;

export class Albums {
  readonly #parts: AlbumParts;
  readonly #members: Members;

  constructor(parts: AlbumParts, members: Members) {
    this.#parts = parts;
    this.#members = members;
  }

  async list(owner: string, { limit, cursor }: z.output<typeof PageQuery>) {
    const after = positionOf('albums', cursor);
    const page = await this.#parts.store.find('albums', {
      where: { owner },
      order: ['name', 'asc'],
      limit,
      after,
    });
    const { nextCursor } = shownPage('albums', page, (row) => row);
    const items: Album[] = [];
    for (const row of page.rows) {
      items.push(await this.#shown(row));
      // The embedded database answers at once: others are served between two albums.
      await setImmediate();
    }
    return { items, nextCursor };
  }

  async get(owner: string, id: string): Promise<Album> {
    return this.#shown(await this.#own(owner, id));
  }

  async create(by: By, { name, description }: NewAlbum): Promise<Album> {
    const row = { id: newId(), owner: by.who.id, name, description, created_at: now() };
    await this.#parts.journal.write([{ insert: 'albums', row }], ownEntry(by, 'album.created', row.id));
    return this.#shown({ ...row, revision: 1 });
  }

  /** Throws precondition_failed. */
  change(by: By, id: string, { name, description }: AlbumChange, expected: number | undefined): Promise<Album> {
    return retried(async () => {
      const row = await this.#own(by.who.id, id);
      expectRevision(row, expected);
      const next = { ...row, name: name ?? row.name, description: description ?? row.description };
      if (next.name === row.name && next.description === row.description) return this.#shown(row);
      await this.#parts.journal.write([{ update: 'albums', row: next }], ownEntry(by, 'album.changed', id));
      return this.#shown({ ...next, revision: row.revision + 1 });
    });
  }

  /** Throws precondition_failed. Stopped half way, the album is there with fewer pictures. */
  async delete(by: By, id: string, expected: number | undefined): Promise<void> {
    await retried(async () => {
      const row = await this.#own(by.who.id, id);
      expectRevision(row, expected);
      // Whoever else read this revision is too late from here on.
      await this.#parts.store.write([{ update: 'albums', row }]);
    });
    await this.#members.empty(by, id);
    await retried(async () => {
      const changes: Change[] = [{ remove: 'albums', id }, ...(await this.#sharesOf(id))];
      await this.#parts.journal.write(changes, ownEntry(by, 'album.deleted', id));
    });
    await this.#members.empty(by, id);
  }

  async #sharesOf(album: string): Promise<Change[]> {
    const changes: Change[] = [];
    for await (const share of every(this.#parts.store, 'shares', { where: { album }, order: ['created_at', 'asc'] })) {
      changes.push({ remove: 'shares', id: share.id, revision: share.revision });
    }
    return changes;
  }

  async #shown(row: AlbumRow): Promise<Album> {
    const where = { owner: row.owner, state: 'active', albums: { has: row.id } } as const;
    const { store } = this.#parts;
    const [images, newest] = await Promise.all([
      store.count('images', { where }),
      store.find('images', { where, order: ['uploaded_at', 'desc'], limit: COVERS }),
    ]);
    const { id, revision, name, description, created_at } = row;
    return { id, revision, name, description, created_at, images, covers: newest.rows.map((image) => image.id) };
  }

  #own(owner: string, id: string): Promise<AlbumRow> {
    return owned(this.#parts.store, 'albums', id, owner);
  }
}
