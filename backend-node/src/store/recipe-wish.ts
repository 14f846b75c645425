/** What somebody wants done to a picture, looked up and allowed: what pyservice is asked for, and by which name. */
import type { RecipeWish } from '../contract/recipe-wish.ts';
import { notFound } from '../errors.ts';
import { expectUsable } from './held-blobs.ts';
import type { RecipeRow } from './rows.ts';
import type { Store } from './store.ts';

export interface AllowedWish {
  readonly render: { readonly recipe: unknown } | { readonly preset: string };
  /** Of the preset or the saved recipe; '' for a recipe of its own. */
  readonly name: string;
}

/** The wish names exactly one. Throws not_found for a saved recipe, or a picture in a recipe, that is not theirs to use. */
export async function allowedWish(store: Store, owner: string, wish: RecipeWish): Promise<AllowedWish> {
  if (wish.preset !== undefined) return { render: { preset: wish.preset }, name: wish.preset };
  if (wish.saved_recipe !== undefined) {
    const { recipe, name } = await readableRecipe(store, wish.saved_recipe, owner);
    return { render: { recipe }, name };
  }
  await expectUsable(store, owner, wish.recipe);
  return { render: { recipe: wish.recipe }, name: '' };
}

/** Their own, or one that is shared. Throws not_found. */
export async function readableRecipe(store: Store, id: string, owner: string): Promise<RecipeRow> {
  const row = await store.get('recipes', id);
  if (!row || (row.owner !== owner && row.shared !== 'yes')) throw notFound('a saved recipe');
  return row;
}
