/** What can be applied to pictures by name: shipped presets, and recipes people saved. */
import { useQuery } from '@tanstack/react-query';
import type { SavedRecipe } from '../../../../backend-node/src/contract/recipes.ts';
import { call } from '../api/call.ts';
import type { Recipe } from './catalogue.ts';
import { keys } from './keys.ts';

export type { SavedRecipe };

/** Exactly one of the three, as POST …/versions takes it. */
export type RecipeWish =
  | { readonly recipe: { steps: { operation: string; [more: string]: unknown }[]; [more: string]: unknown } }
  | { readonly preset: string }
  | { readonly saved_recipe: string };

/** A recipe of one's own as a wish. */
export const wishOf = (recipe: Recipe): RecipeWish => ({ recipe: structuredClone(recipe) as never });

/** Own ones and those others share, each once, by name. */
export const useSavedRecipes = () =>
  useQuery({
    queryKey: keys.recipes(),
    queryFn: async ({ signal }) => {
      const lists = await Promise.all([every('false', signal), every('true', signal)]);
      return [...new Map(lists.flat().map((recipe) => [recipe.id, recipe])).values()];
    },
  });

async function every(shared: 'true' | 'false', signal: AbortSignal): Promise<SavedRecipe[]> {
  const found: SavedRecipe[] = [];
  let cursor: string | undefined;
  do {
    const page = await call('get /recipes', { query: { shared, limit: 200, ...(cursor && { cursor }) }, signal });
    found.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return found;
}
