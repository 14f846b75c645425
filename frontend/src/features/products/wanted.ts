/** The pictures of a product, or of a group of them. */
import type { BatchPictures } from '../../lib/data/batch-pictures.ts';
import type { Product, ProductGroup } from '../../lib/data/products.ts';
import type { RecipeWish } from '../../lib/data/recipes.ts';

/** Somebody wants to do something with these. own: what their group is done with, where it has a preset of its own. */
export type OnProcess = (pictures: BatchPictures, own: RecipeWish | undefined) => void;

export const ofProduct = ({ sku, images }: Product): BatchPictures => ({ query: { sku }, count: images });

export const ofGroup = ({ name, images }: ProductGroup): BatchPictures => ({
  query: { product_group: name },
  count: images,
});

/** The preset, or saved recipe, that a group has of its own. */
export function ownOf(group: ProductGroup | undefined): RecipeWish | undefined {
  if (!group) return undefined;
  const { preset, saved_recipe } = group;
  if (preset !== '') return { preset };
  return saved_recipe === '' ? undefined : { saved_recipe };
}

/** Where those are seen. */
export const galleryOf = (what: { readonly sku: string } | { readonly product_group: string }): string =>
  `/gallery?${new URLSearchParams({ ...what }).toString()}`;
