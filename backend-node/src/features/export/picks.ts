/** Which images go into an archive. */
import type { ZipWish } from '../../contract/image-export.ts';
import { imageQuery } from '../../store/image-query.ts';
import { owned } from '../../store/owned.ts';
import type { ImageRow } from '../../store/rows.ts';
import { every, type Store } from '../../store/store.ts';

type Pick = { readonly ids?: readonly string[] | undefined; readonly filter?: ZipWish['filter'] };

/** Throws not_found where one of the ids is not the caller's: before anything is sent. */
export async function expectOwn(store: Store, owner: string, { ids = [] }: Pick): Promise<void> {
  for (const id of ids) await owned(store, 'images', id, owner);
}

/** Those that went away meanwhile are left out. */
export async function* picked(store: Store, owner: string, { ids, filter }: Pick): AsyncGenerator<ImageRow> {
  if (filter) yield* every(store, 'images', { ...imageQuery(owner, filter), order: ['id', 'asc'] });
  for (const id of new Set(ids)) {
    const row = await store.get('images', id);
    if (row?.owner === owner) yield row;
  }
}
