/** Bookkeeping rows that may be gone already. */
import type { Collection } from './rows.ts';
import { WriteConflict, type Store } from './store.ts';

/** It is not there afterwards, whoever removed it. */
export async function removed(store: Store, collection: Collection, id: string): Promise<void> {
  try {
    await store.write([{ remove: collection, id }]);
  } catch (error) {
    if (!(error instanceof WriteConflict)) throw error;
  }
}
