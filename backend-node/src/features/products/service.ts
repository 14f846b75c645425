/** Products and product groups, as the pictures tell of them. */
import { setImmediate } from 'node:timers/promises';
import type { Product, ProductGroup } from '../../contract/products.ts';
import type { By, Journal } from '../../events/journal.ts';
import { ownEntry } from '../../events/journal.ts';
import type { Asking, Processing } from '../../processing/processing.ts';
import { newId } from '../../ids.ts';
import { allowedWish } from '../../store/recipe-wish.ts';
import { retried } from '../../store/retry.ts';
import type { ProductGroupRow } from '../../store/rows.ts';
import { first, type Store } from '../../store/store.ts';

export interface ProductParts {
  readonly store: Store;
  readonly journal: Journal;
  readonly processing: Processing;
}

const COVERS = 4;
type Field = 'sku' | 'product_group';

/** The values of a field that pictures have, in their order, strictly after one. */
async function valuesAfter(
  store: Store,
  owner: string,
  field: Field,
  { after, prefix, limit, group }: { after: string; prefix: string; limit: number; group?: string | undefined },
): Promise<readonly string[]> {
  const values: string[] = [];
  // From one value straight to the next: however many pictures a product has, it costs one look.
  for (let from = after === '' ? prefix : next(after); values.length < limit;) {
    const range = { [field]: { from: from === '' ? FIRST : from, ...(prefix !== '' && { to: prefix + LAST }) } };
    const where = { owner, state: 'active', ...range, ...(group !== undefined && { product_group: group }) } as const;
    const image = await first(store, 'images', { where, order: [field, 'asc'] });
    if (!image) break;
    values.push(image[field]);
    from = next(image[field]);
    await setImmediate();
  }
  return values;
}

/** The empty one is no product. */
const FIRST = '\u0001';
const LAST = '\uffff';
const next = (value: string): string => `${value}\u0000`;

export interface Asked {
  readonly after: string;
  readonly limit: number;
  readonly q?: string | undefined;
  readonly product_group?: string | undefined;
}

export class Products {
  readonly #parts: ProductParts;

  constructor(parts: ProductParts) {
    this.#parts = parts;
  }

  async list(owner: string, { after, limit, q = '', product_group: group }: Asked): Promise<readonly Product[]> {
    const skus = await valuesAfter(this.#parts.store, owner, 'sku', { after, prefix: q, limit, group });
    const products: Product[] = [];
    for (const sku of skus) products.push({ sku, ...(await this.#told(owner, { sku })) });
    return products;
  }

  async groups(owner: string, { after, limit }: Asked): Promise<readonly ProductGroup[]> {
    const names = await valuesAfter(this.#parts.store, owner, 'product_group', { after, prefix: '', limit });
    const groups: ProductGroup[] = [];
    for (const name of names) groups.push(await this.#group(owner, name, await this.#row(owner, name)));
    return groups;
  }

  /** Rejects with not_found for a preset or a saved recipe that is not there. */
  async setGroup(
    by: By & Asking,
    name: string,
    { preset, saved_recipe }: Pick<ProductGroup, 'preset' | 'saved_recipe'>,
  ): Promise<ProductGroup> {
    const { store, journal, processing } = this.#parts;
    const owner = by.who.id;
    if (preset !== '' || saved_recipe !== '') {
      const wish = preset === '' ? { saved_recipe } : { preset };
      const { render } = await allowedWish(store, owner, wish);
      await processing.expectSound(render, by);
    }
    return retried(async () => {
      const row = await this.#row(owner, name);
      const said = { owner, name, preset, saved_recipe };
      const change = row
        ? ({ update: 'product_groups', row: { ...row, ...said } } as const)
        : ({ insert: 'product_groups', row: { id: newId(), ...said } } as const);
      await journal.write([change], ownEntry(by, 'product_group.changed', change.row.id, { preset }));
      return this.#group(owner, name, { ...change.row, revision: 1 });
    });
  }

  #row(owner: string, name: string): Promise<ProductGroupRow | undefined> {
    return first(this.#parts.store, 'product_groups', { where: { owner, name } });
  }

  async #group(owner: string, name: string, row: ProductGroupRow | undefined): Promise<ProductGroup> {
    const { images, covers } = await this.#told(owner, { product_group: name });
    return { name, images, covers, preset: row?.preset ?? '', saved_recipe: row?.saved_recipe ?? '' };
  }

  async #told(owner: string, which: { readonly [F in Field]?: string }) {
    const { store } = this.#parts;
    const where = { owner, state: 'active', ...which } as const;
    const [images, newest] = await Promise.all([
      store.count('images', { where }),
      store.find('images', { where, order: ['uploaded_at', 'desc'], limit: COVERS }),
    ]);
    const covers = newest.rows.map(({ id }) => id);
    return { images, covers, product_group: newest.rows[0]?.product_group ?? '' };
  }
}
