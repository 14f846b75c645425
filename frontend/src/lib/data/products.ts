/** Products and their groups: pictures by what the shop calls them. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Product, ProductGroup } from '../../../../backend-node/src/contract/products.ts';
import { call, type BodyOf } from '../api/call.ts';
import { keys } from './keys.ts';
import { everyPage, paged } from './pages.ts';

export type { Product, ProductGroup };

export interface ProductsQuery {
  readonly product_group?: string;
  /** The beginning of the SKU. */
  readonly q?: string;
}

const A_PAGE = 60;
const MOST_A_PAGE = 200;

/** By SKU, page by page: data is all that was read until now. Read anew whenever the page is opened. */
export const useProducts = (query: ProductsQuery) =>
  useInfiniteQuery({
    ...paged(keys.products(query), (from, signal) =>
      call('get /products', { query: { limit: A_PAGE, ...query, ...from }, signal }),
    ),
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    staleTime: 0,
  });

/** All of them, by name. */
export const useProductGroups = () =>
  useQuery({
    queryKey: keys.productGroups(),
    queryFn: ({ signal }) =>
      everyPage(
        (from, until) => call('get /product-groups', { query: { limit: MOST_A_PAGE, ...from }, signal: until }),
        signal,
      ),
    staleTime: 0,
  });

type GroupWish = BodyOf<'put /product-groups/:name'>;

/** Says what the pictures of a group are done with: seen at once, taken back where it was refused. */
export function useSetProductGroup() {
  const client = useQueryClient();
  const put = (name: string, change: Partial<ProductGroup>) =>
    client.setQueryData<ProductGroup[]>(keys.productGroups(), (known) =>
      known?.map((group) => (group.name === name ? { ...group, ...change } : group)),
    );
  return useMutation({
    mutationFn: ({ name, wish }: { name: string; wish: GroupWish }) =>
      call('put /product-groups/:name', { params: { name }, body: wish }),
    onMutate: ({ name, wish }) => void put(name, { preset: '', saved_recipe: '', ...wish }),
    onSuccess: (group) => void put(group.name, group),
    onError: () => client.invalidateQueries({ queryKey: keys.productGroups() }),
  });
}
