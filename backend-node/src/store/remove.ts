/** Bookkeeping rows that may be gone already. */
import type { Collection } from './rows.ts';
import { attempted } from './retry.ts';
import type { Store } from './store.ts';

/** It is not there afterwards, whoever removed it. */
export async function removed(store: Store, collection: Collection, id: string): Promise<void> {
  await attempted(store.write([{ remove: collection, id }]));
}
