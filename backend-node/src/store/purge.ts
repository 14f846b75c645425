/** Removing an image for good: as changes, for whoever writes them. */
import { releasing } from './released.ts';
import type { ImageRow } from './rows.ts';
import { every, type Change, type Store } from './store.ts';

/** What goes, and the blobs it leaves behind: to be released in the same write. */
export interface Purge {
  readonly changes: readonly Change[];
  readonly blobs: readonly string[];
}

/** The image as it was read, and its versions. A write of it may conflict: read again. */
export async function purgeOf(store: Store, image: ImageRow): Promise<Purge> {
  const changes: Change[] = [{ remove: 'images', id: image.id, revision: image.revision }];
  const blobs = [...image.blobs];
  for await (const version of every(store, 'versions', { where: { image: image.id }, order: ['number', 'asc'] })) {
    changes.push({ remove: 'versions', id: version.id });
    blobs.push(...version.blobs);
  }
  return { changes, blobs };
}

/** purgeOf with its blobs released: one whole write. */
export async function purgeChanges(store: Store, image: ImageRow): Promise<Change[]> {
  const { changes, blobs } = await purgeOf(store, image);
  return [...changes, ...(await releasing(store, blobs))];
}
