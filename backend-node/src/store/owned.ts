/** Somebody's own rows: what belongs to another is as if it were not there. */
import { notFound } from '../errors.ts';
import type { Collection, Rows } from './rows.ts';
import type { Store } from './store.ts';

type Ownable = { [C in Collection]: Rows[C] extends { readonly owner: string } ? C : never }[Collection];

/** The row. Throws not_found where there is none, or where it is not theirs. what: "an image", for the message. */
export async function owned<C extends Ownable>(
  store: Store,
  collection: C,
  id: string,
  owner: string,
  what: string,
): Promise<Rows[C]> {
  const row = await store.get(collection, id);
  if (!row || row.owner !== owner) throw notFound(what);
  return row;
}
