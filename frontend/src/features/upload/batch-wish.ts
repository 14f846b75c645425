/** What is asked of the server once the pictures are there: one batch over them. */
import type { BatchWish } from '../../lib/data/batches.ts';
import type { RecipeWish } from '../../lib/data/recipes.ts';

/** What is done with the pictures once all have come. */
export interface Then {
  readonly wish: RecipeWish;
  readonly title: string;
  /** Product groups with a preset of their own get that one. */
  readonly by_product_group: boolean;
}

/** A picture that is there. path: as the spreadsheet may call it. */
export interface Arrived {
  readonly image: string;
  readonly path: string;
}

const LONGEST_NAME = 1000;
const LONGEST_TITLE = 200;

/** table: base64 of the spreadsheet; '' for none. It may call one picture by two names; without it once is enough. */
export function batchWishOf(arrived: readonly Arrived[], { wish, by_product_group }: Then, table = ''): BatchWish {
  const top = topOf(arrived);
  const named = arrived.map(({ image, path }) => ({ image, name: nameOf(path.slice(top.length)) }));
  const items = table === '' ? [...new Map(named.map((item) => [item.image, item])).values()] : named;
  const name = titleOf(top);
  return { ...wish, items, by_product_group, ...(table !== '' && { table }), ...(name !== '' && { name }) };
}

/** 'Autumn/' where all of them lie in that one folder: a spreadsheet names what is below it. */
function topOf(arrived: readonly Arrived[]): string {
  const top = /^[^/]+\//.exec(arrived[0]?.path ?? '')?.[0] ?? '';
  return arrived.every(({ path }) => path.startsWith(top)) ? top : '';
}

/** The fields first, then the spreadsheet, then the zip: the gateway reads them as they come. */
export function zipFormOf(archive: File, table: File | undefined, { wish, by_product_group }: Then, more: Labels) {
  const form = new FormData();
  for (const [field, value] of Object.entries(wish)) {
    form.set(field, typeof value === 'string' ? value : JSON.stringify(value));
  }
  const title = titleOf(archive.name.replace(/\.zip$/i, ''));
  if (title !== '') form.set('name', title);
  form.set('by_product_group', String(by_product_group));
  if (more.tags.length > 0) form.set('tags', more.tags.join(','));
  if (more.album !== '') form.set('album', more.album);
  if (table) form.set('csv', table);
  form.set('zip', archive);
  return form;
}

export interface Labels {
  readonly tags: readonly string[];
  /** Its id; '' for none. */
  readonly album: string;
}

const titleOf = (text: string): string => line(text.replace(/\/$/, '')).slice(0, LONGEST_TITLE).trim();

/** The end of a long path says most. */
const nameOf = (path: string): string => line(path).slice(-LONGEST_NAME);

/** Without what no name of the gateway may hold. */
const line = (text: string): string => text.replace(/\p{Cc}/gu, ' ').trim();
