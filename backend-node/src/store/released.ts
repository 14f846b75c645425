/** Blobs that a row no longer needs: written down in the same write that lets go of them, removed later by housekeeping. */
import { now } from '../ids.ts';
import type { Change, Store } from './store.ts';

const MOST_ASKED = 500;

/**
 * What to write for these blobs. at: when they are let go of; one that somebody was promised for longer stays as long.
 * Of two writers at once one meets a WriteConflict: try again.
 */
export async function releasing(store: Store, blobs: Iterable<string>, at = now()): Promise<Change[]> {
  const all = [...new Set(blobs)].filter((blob) => blob !== '');
  const changes: Change[] = [];
  for (let from = 0; from < all.length; from += MOST_ASKED) {
    const ids = all.slice(from, from + MOST_ASKED);
    const { rows } = await store.find('released', { where: { id: { in: ids } }, limit: MOST_ASKED });
    const known = new Map(rows.map((row) => [row.id, row]));
    for (const id of ids) {
      const row = known.get(id);
      changes.push(
        row
          ? { update: 'released', row: { ...row, released_at: row.released_at > at ? row.released_at : at } }
          : { insert: 'released', row: { id, released_at: at } },
      );
    }
  }
  return changes;
}
