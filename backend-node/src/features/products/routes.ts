/** Products over HTTP. */
import { productsRoutes } from '../../contract/products.ts';
import type { Api } from '../../http/api.ts';
import { ok } from '../../http/call.ts';
import { cursorOf, positionOf } from '../../http/cursor.ts';
import { Products, type ProductParts } from './service.ts';

/** A page of named things: it goes on behind the last name. */
function paged<T>(list: string, items: readonly T[], limit: number, nameOf: (item: T) => string) {
  const last = items.length === limit ? items.at(-1) : undefined;
  return { items, nextCursor: cursorOf(list, last && { value: nameOf(last), id: '' }) };
}

const behind = (list: string, cursor: string | undefined): string => String(positionOf(list, cursor)?.value ?? '');

export function addProducts(api: Api, parts: ProductParts): void {
  const products = new Products(parts);
  api.add(productsRoutes, {
    listProducts: async ({ who, query }) => {
      const items = await products.list(who.id, { ...query, after: behind('products', query.cursor) });
      return ok(paged('products', items, query.limit, ({ sku }) => sku));
    },
    listProductGroups: async ({ who, query }) => {
      const items = await products.groups(who.id, { ...query, after: behind('product-groups', query.cursor) });
      return ok(paged('product-groups', items, query.limit, ({ name }) => name));
    },
    setProductGroup: async (call) => ok(await products.setGroup(call, call.params.name, call.body)),
  });
}
