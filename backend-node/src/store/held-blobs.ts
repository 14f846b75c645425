/** Blobs that recipes name: whose they are, and who may use them. */
import { GatewayError, notFound } from '../errors.ts';
import { HOLDING } from './collections.ts';
import { first, type Store } from './store.ts';

const MOST_BLOBS = 32;
const BLOB = /^[0-9a-f]{64}$/;

/** Every blob id anywhere in it, once each. The value is JSON, and not nested deeply. */
export function blobsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return BLOB.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return [...new Set(Object.values(value).flatMap(blobsIn))];
}

/**
 * Throws not_found unless each blob in it is the owner's own, or comes with a recipe that somebody shares. Otherwise a
 * recipe would be a way to look at what others have.
 */
export async function expectUsable(store: Store, owner: string, recipe: unknown): Promise<void> {
  const blobs = blobsIn(recipe);
  if (blobs.length > MOST_BLOBS) {
    throw new GatewayError(
      'invalid_recipe',
      `Expected at most ${MOST_BLOBS} pictures in a recipe, received ${blobs.length}`,
    );
  }
  for (const blob of blobs) {
    if (!(await isUsable(store, owner, blob))) throw notFound(`the picture ${blob}, which the recipe names,`);
  }
}

async function isUsable(store: Store, owner: string, blob: string): Promise<boolean> {
  for (const collection of HOLDING) {
    if (await first(store, collection, { where: { owner, blobs: { has: blob } } })) return true;
  }
  return (await first(store, 'recipes', { where: { shared: 'yes', blobs: { has: blob } } })) !== undefined;
}
