/** Rows of an import, whatever they were written in. What is wrong with one is told of that one. */
import type { ImportWish } from '../../contract/imports.ts';
import { IMAGE_TEXTS, Tag } from '../../contract/tags.ts';
import type { Acting } from '../../http/call.ts';
import type { NewItem } from '../../ledger/items.ts';
import type { Processing } from '../../processing/processing.ts';
import type { LinkLine } from '../../processing/shapes.ts';
import type { ItemWish } from './wish.ts';

type Row = Omit<LinkLine, 'row'> & { readonly row: number | null };

/** Rejects with invalid_table where the table as a whole cannot be read. */
export async function rowsOf(processing: Processing, context: Acting, wish: ImportWish): Promise<NewItem[]> {
  const items: NewItem[] = [];
  if (wish.table !== undefined) {
    const table = Buffer.from(wish.table, 'base64');
    for await (const line of processing.linkTable(table, context)) items.push(itemOf(line, wish));
    return items;
  }
  const rows = wish.rows ?? (wish.urls ?? []).map((image_url) => ({ image_url }));
  return rows.map((row, at) => itemOf(listed(row, at + 1), wish));
}

type Listed = NonNullable<ImportWish['rows']>[number];

const listed = ({ image_url, sku_id, product_group_id, image_type }: Listed, place: number): Row => ({
  row: null,
  url: image_url.trim(),
  sku: sku_id?.trim() ?? '',
  product_group: product_group_id?.trim() ?? '',
  image_type: image_type?.trim() ?? '',
  problem: isAddress(image_url.trim())
    ? ''
    : `Entry ${place}: Expected an address that begins with http:// or https://, received ${JSON.stringify(image_url.slice(0, 100))}`,
});

const isAddress = (text: string): boolean => /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);

function itemOf(row: Row, { sku = '', product_group = '' }: ImportWish): NewItem {
  const wish: ItemWish = {
    url: row.url,
    sku: row.sku === '' ? sku : row.sku,
    product_group: row.product_group === '' ? product_group : row.product_group,
    image_type: row.image_type,
    row: row.row,
  };
  const detail = row.problem === '' ? unfit(wish) : row.problem;
  const problem = detail === '' ? undefined : { code: row.row === null ? 'invalid_request' : 'invalid_table', detail };
  return { name: row.url.slice(0, 1000), image: '', wish, ...(problem && { problem }) };
}

/** What no image may have written on it; '' where all fits. */
function unfit({ sku, product_group, image_type, row }: ItemWish): string {
  const checks = [
    ['sku_id', IMAGE_TEXTS.sku.safeParse(sku)],
    ['product_group_id', IMAGE_TEXTS.product_group.safeParse(product_group)],
    ['image_type', image_type === '' ? undefined : Tag.safeParse(image_type)],
  ] as const;
  const found = checks.find(([, parsed]) => parsed?.success === false);
  if (!found) return '';
  const [column, parsed] = found;
  const where = row === null ? column : `Row ${row}, column '${column}'`;
  return `${where}: ${parsed?.error?.issues[0]?.message ?? 'Expected another value'}`;
}
