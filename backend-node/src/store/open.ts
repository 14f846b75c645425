/** The one place that knows which database there is. */
import { openSqlite } from './sqlite.ts';
import type { Store } from './store.ts';

export interface StoreSettings {
  /** '' for the embedded database. */
  readonly mongodb_uri: string;
  /** Its file. */
  readonly path: string;
}

export async function openStore({ mongodb_uri, path }: StoreSettings): Promise<Store> {
  if (mongodb_uri === '') return openSqlite(path);
  const { openMongo } = await import('./mongo.ts');
  return openMongo(mongodb_uri);
}
