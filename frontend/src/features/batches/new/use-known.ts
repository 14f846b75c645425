import { usePresets } from '../../../lib/data/catalogue.ts';
import { useSavedRecipes, type RecipeWish } from '../../../lib/data/recipes.ts';
import type { Chosen } from './wish.ts';

/** A wish and what it is called; neither where it is none that can be chosen: deleted, or not shared any more. */
export function useKnown(wish: RecipeWish | undefined): Pick<Chosen, 'wish' | 'title'> {
  const presets = usePresets().data?.items;
  const saved = useSavedRecipes().data;
  if (!wish || 'recipe' in wish) return { wish, title: '' };
  const title =
    'preset' in wish
      ? presets?.find(({ name }) => name === wish.preset)?.title
      : saved?.find(({ id }) => id === wish.saved_recipe)?.name;
  // Until its list is there, nobody can say that it is gone.
  const isGone = title === undefined && ('preset' in wish ? presets : saved) !== undefined;
  return { wish: isGone ? undefined : wish, title: title ?? '' };
}
