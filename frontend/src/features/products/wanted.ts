/** The pictures of a product, or of a group of them. */
import type { BatchPictures } from '../../lib/data/batch-pictures.ts';
import type { Product, ProductGroup } from '../../lib/data/products.ts';

/** Somebody wants to do something with these. */
export type OnProcess = (pictures: BatchPictures) => void;

export const ofProduct = ({ sku, images }: Product): BatchPictures => ({ query: { sku }, count: images });

export const ofGroup = ({ name, images }: ProductGroup): BatchPictures => ({
  query: { product_group: name },
  count: images,
});

/** Where those are seen. */
export const galleryOf = (what: { readonly sku: string } | { readonly product_group: string }): string =>
  `/gallery?${new URLSearchParams({ ...what }).toString()}`;
