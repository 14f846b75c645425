import type { ImageRow } from '../store/rows.ts';
import { wordsOf } from '../store/words.ts';

type Written = Pick<ImageRow, 'name' | 'title' | 'sku' | 'product_group' | 'tags' | 'objects'>;

/** What a search finds an image by. */
export const imageWords = ({ name, title, sku, product_group, tags, objects }: Written): string[] =>
  wordsOf(name, title, sku, product_group, ...tags, ...objects);
