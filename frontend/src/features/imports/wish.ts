/** What is asked of the server: an import. */
import { base64Of } from '../../lib/base64.ts';
import type { ImportWish } from '../../lib/data/imports.ts';
import type { RecipeWish } from '../../lib/data/recipes.ts';
import type { LinkList } from './link-list.ts';

export interface Chosen {
  /** Name of one there is, or of a new one; '' for none. */
  readonly album: string;
  readonly tags: readonly string[];
  /** What is done with them once all have come. */
  readonly then: RecipeWish | undefined;
  readonly by_product_group: boolean;
}

export const NOTHING: Chosen = { album: '', tags: [], then: undefined, by_product_group: false };

type Process = NonNullable<ImportWish['process']>;

/** list: where one is chosen, else the addresses. album: its id. */
export async function importWishOf(
  urls: readonly string[],
  list: LinkList | undefined,
  { tags, then, by_product_group }: Chosen,
  album: string | undefined,
): Promise<ImportWish> {
  const process: Process | undefined = then && { ...then, by_product_group };
  return {
    ...(await whatOf(urls, list)),
    ...(tags.length > 0 && { tags: [...tags] }),
    ...(album !== undefined && { album }),
    ...(process && { process }),
  };
}

async function whatOf(urls: readonly string[], list: LinkList | undefined): Promise<ImportWish> {
  if (!list) return { urls: [...urls] };
  const name = list.file.name.slice(-200);
  return list.kind === 'table' ? { name, table: await base64Of(list.file) } : { name, rows: [...list.rows] };
}
