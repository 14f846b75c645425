/** What can be applied to pictures by name: shipped presets, and recipes people saved. */
import { useQuery } from '@tanstack/react-query';
import type { SavedRecipe } from '../../../../backend-node/src/contract/recipes.ts';
import { call } from '../api/call.ts';
import type { Recipe } from './catalogue.ts';
import { keys } from './keys.ts';
import { everyPage } from './pages.ts';

export type { SavedRecipe };

const A_PAGE = 200;

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

const every = (shared: 'true' | 'false', signal: AbortSignal): Promise<SavedRecipe[]> =>
  everyPage((from, until) => call('get /recipes', { query: { shared, limit: A_PAGE, ...from }, signal: until }), signal);
