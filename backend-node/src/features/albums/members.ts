/** Which pictures are in which album: each image lists its albums. */
import { notFound } from '../../errors.ts';
import { ownEntry, type By } from '../../events/journal.ts';
import { putIn, takeOut } from '../../store/in-albums.ts';
import { owned } from '../../store/owned.ts';
import { retried } from '../../store/retry.ts';
import type { ImageRow } from '../../store/rows.ts';
import type { Change, Store } from '../../store/store.ts';
import type { AlbumParts } from './parts.ts';

/** Images changed by one write: few enough that others do not wait long. */
const AT_ONCE = 100;

export interface Moved {
  readonly changed: number;
  readonly missing: readonly string[];
}

/** putIn or takeOut. */
type Move = typeof putIn;

export class Members {
  readonly #parts: AlbumParts;

  constructor(parts: AlbumParts) {
    this.#parts = parts;
  }

  async add(by: By, album: string, ids: readonly string[]): Promise<Moved> {
    await owned(this.#parts.store, 'albums', album, by.who.id);
    const moved = await this.#move(by, album, ids, 'album.images_added', putIn);
    // Deleted meanwhile: what came in behind its back goes out again.
    if (!(await this.#parts.store.get('albums', album))) {
      await this.empty(by, album);
      throw notFound('an album');
    }
    return moved;
  }

  async remove(by: By, album: string, ids: readonly string[]): Promise<Moved> {
    await owned(this.#parts.store, 'albums', album, by.who.id);
    return this.#move(by, album, ids, 'album.images_removed', takeOut);
  }

  /** Takes every picture out, those in the trash as well. */
  async empty(by: By, album: string): Promise<void> {
    for (let left = true; left;) {
      left = await retried(async () => {
        const { rows, next } = await inAlbum(this.#parts.store, by.who.id, album);
        await this.#write(by, album, 'album.images_removed', changesOf(rows, album, takeOut));
        return next !== undefined;
      });
    }
  }

  async #move(by: By, album: string, ids: readonly string[], action: string, move: Move): Promise<Moved> {
    const wanted = [...new Set(ids)];
    const missing: string[] = [];
    let changed = 0;
    for (let at = 0; at < wanted.length; at += AT_ONCE) {
      const some = wanted.slice(at, at + AT_ONCE);
      const done = await retried(async () => {
        const rows = await theirs(this.#parts.store, by.who.id, some);
        const changes = changesOf(rows, album, move);
        await this.#write(by, album, action, changes);
        return { changed: changes.length, found: new Set(rows.map(({ id }) => id)) };
      });
      changed += done.changed;
      missing.push(...some.filter((id) => !done.found.has(id)));
    }
    return { changed, missing };
  }

  async #write(by: By, album: string, action: string, changes: readonly ImageChange[]): Promise<void> {
    if (changes.length === 0) return;
    const ids = changes.map(({ row }) => row.id);
    await this.#parts.journal.write(changes, ownEntry(by, action, album, { ids }));
  }
}

/** At most AT_ONCE of them. */
const inAlbum = (store: Store, owner: string, album: string) =>
  store.find('images', { where: { owner, albums: { has: album } }, limit: AT_ONCE });

const theirs = async (store: Store, owner: string, ids: readonly string[]): Promise<readonly ImageRow[]> =>
  (await store.find('images', { where: { owner, id: { in: ids } }, limit: AT_ONCE })).rows;

type ImageChange = Extract<Change, { readonly update: 'images' }>;

function changesOf(rows: readonly ImageRow[], album: string, move: Move): readonly ImageChange[] {
  return rows.flatMap((before) => {
    const row = move(before, album);
    return row === before ? [] : [{ update: 'images', row } as const];
  });
}
