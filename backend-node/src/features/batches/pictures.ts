/** The pictures that a batch is about. */
import type { BatchWish } from '../../contract/batches.ts';
import { MOST_ITEMS } from '../../contract/jobs.ts';
import { GatewayError, notFound } from '../../errors.ts';
import { imageQuery } from '../../store/image-query.ts';
import { PAGE, pages, type Store } from '../../store/store.ts';

/** name: what a spreadsheet may call it. */
export interface Picture {
  readonly image: string;
  readonly name: string;
  readonly sku: string;
  readonly product_group: string;
}

const FIELDS = ['name', 'sku', 'product_group', 'owner', 'state'] as const;
const LOT = 200;

/** Rejects with not_found where one of those named is not the owner's, invalid_request where there are none or too many. */
export async function picturesOf(store: Store, owner: string, wish: BatchWish): Promise<Picture[]> {
  const pictures = wish.filter
    ? await foundBy(store, owner, wish.filter)
    : await named(store, owner, wish.items ?? (wish.ids ?? []).map((image) => ({ image })));
  if (pictures.length > 0) return pictures;
  throw new GatewayError('invalid_request', 'Expected pictures, the filter finds none');
}

async function foundBy(store: Store, owner: string, filter: NonNullable<BatchWish['filter']>): Promise<Picture[]> {
  const query = { ...imageQuery(owner, filter), order: ['uploaded_at', 'asc'], limit: PAGE } as const;
  const found: Picture[] = [];
  for await (const rows of pages((after) => store.findFields('images', FIELDS, { ...query, after }))) {
    found.push(...rows.map(({ id, name, sku, product_group }) => ({ image: id, name, sku, product_group })));
    if (found.length > MOST_ITEMS) {
      throw new GatewayError('invalid_request', `Expected at most ${MOST_ITEMS} pictures, the filter finds more`);
    }
  }
  return found;
}

type Wanted = { readonly image: string; readonly name?: string | undefined };

async function named(store: Store, owner: string, wanted: readonly Wanted[]): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (let at = 0; at < wanted.length; at += LOT) {
    const lot = wanted.slice(at, at + LOT);
    const ids = [...new Set(lot.map(({ image }) => image))];
    const { rows } = await store.findFields('images', FIELDS, { where: { id: { in: ids } }, limit: LOT });
    const known = new Map(rows.filter((row) => row.owner === owner).map((row) => [row.id, row]));
    for (const { image, name } of lot) {
      const row = known.get(image);
      if (!row) throw notFound(`the image ${image}`);
      if (row.state !== 'active')
        throw new GatewayError('conflict', `Expected images that are not in the trash: ${image} is`);
      pictures.push({ image, name: name ?? row.name, sku: row.sku, product_group: row.product_group });
    }
  }
  return pictures;
}
