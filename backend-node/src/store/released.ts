/** Blobs that a row no longer needs: written down in the same write that lets go of them, removed later by housekeeping. */
import { now } from '../ids.ts';
import type { Change, Store } from './store.ts';

const MOST_ASKED = 500;

/** What to write for these blobs. Of two writers at once one meets a WriteConflict: try again. */
export async function releasing(store: Store, blobs: Iterable<string>): Promise<Change[]> {
  const all = [...new Set(blobs)].filter((blob) => blob !== '');
  const released_at = now();
  const changes: Change[] = [];
  for (let at = 0; at < all.length; at += MOST_ASKED) {
    const ids = all.slice(at, at + MOST_ASKED);
    const { rows } = await store.find('released', { where: { id: { in: ids } }, limit: MOST_ASKED });
    const known = new Map(rows.map((row) => [row.id, row]));
    for (const id of ids) {
      const row = known.get(id);
      changes.push(
        row ? { update: 'released', row: { ...row, released_at } } : { insert: 'released', row: { id, released_at } },
      );
    }
  }
  return changes;
}
