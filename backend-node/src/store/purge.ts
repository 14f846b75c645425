/** Removing an image for good: as changes, for whoever writes them. */
import { now } from '../ids.ts';
import type { ImageRow } from './rows.ts';
import { every, type Change, type Store } from './store.ts';

/** The image as it was read, its versions, and the blobs they leave behind. A write of it may conflict: read again. */
export async function purgeChanges(store: Store, image: ImageRow): Promise<Change[]> {
  const changes: Change[] = [{ remove: 'images', id: image.id, revision: image.revision }];
  const blobs = new Set(image.blobs);
  for await (const version of every(store, 'versions', { where: { image: image.id }, order: ['number', 'asc'] })) {
    changes.push({ remove: 'versions', id: version.id });
    for (const blob of version.blobs) blobs.add(blob);
  }
  return [...changes, ...(await releaseChanges(store, blobs))];
}

/** These blobs lost a reference just now; whether they lost the last one is seen when they are to go. */
export async function releaseChanges(store: Store, blobs: Iterable<string>): Promise<Change[]> {
  const released_at = now();
  const changes: Change[] = [];
  for (const id of new Set(blobs)) {
    const known = await store.get('released', id);
    changes.push(
      known ? { update: 'released', row: { ...known, released_at } } : { insert: 'released', row: { id, released_at } },
    );
  }
  return changes;
}

/** Several lists of changes as one: a blob that two of them release is released once. */
export function mergedChanges(lists: readonly (readonly Change[])[]): Change[] {
  const seen = new Set<string>();
  return lists.flat().filter((change) => {
    const id = releasedBy(change);
    if (id === undefined) return true;
    const again = seen.has(id);
    seen.add(id);
    return !again;
  });
}

function releasedBy(change: Change): string | undefined {
  if ('insert' in change) return change.insert === 'released' ? change.row.id : undefined;
  return 'update' in change && change.update === 'released' ? change.row.id : undefined;
}
