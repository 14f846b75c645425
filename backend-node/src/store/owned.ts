/** Somebody's own rows: what belongs to another is as if it were not there. */
import { notFound } from '../errors.ts';
import type { Collection, Rows } from './rows.ts';
import type { Store } from './store.ts';

/** As messages call one. */
const NOUNS = {
  albums: 'an album',
  api_keys: 'an API key',
  images: 'an image',
  recipes: 'a saved recipe',
  sessions: 'a session',
  shares: 'a share link',
  webhooks: 'a webhook',
} as const satisfies Partial<Record<Collection, string>>;

/** The row. Throws not_found where there is none, or where it is not theirs. */
export async function owned<C extends keyof typeof NOUNS>(
  store: Store,
  collection: C,
  id: string,
  owner: string,
): Promise<Rows[C]> {
  const row = await store.get(collection, id);
  if (row?.owner !== owner) throw notFound(NOUNS[collection]);
  return row;
}
