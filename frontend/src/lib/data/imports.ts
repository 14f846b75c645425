/** Imports: pictures that the server fetches from addresses. They live there, and go on whoever looks. */
import { useInfiniteQuery, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { Import, ImportItem } from '../../../../backend-node/src/contract/imports.ts';
import { onceKey } from '../api/once-key.ts';
import { addressOf, call, type BodyOf, type QueryOf } from '../api/call.ts';
import { keys } from './keys.ts';
import { whileAnyOpen, whileOpen } from './looking.ts';
import { paged } from './pages.ts';

export type { Import, ImportItem };
/** What POST /imports takes. */
export type ImportWish = BodyOf<'post /imports'>;
export type ImportItemsQuery = QueryOf<'get /imports/:id/items'>;
/** A page of rows; next: the number to go on from. */
export interface ImportItems {
  readonly items: readonly ImportItem[];
  readonly next: number | null;
}

/** As many as one import takes. */
export const MOST_LINKS = 100_000;
const A_PAGE = 50;

/** Newest first, page by page: data is all that was read until now. */
export const useImports = () =>
  useInfiniteQuery({
    ...paged(keys.imports(), (from, signal) => call('get /imports', { query: { limit: A_PAGE, ...from }, signal })),
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    refetchInterval: whileAnyOpen,
  });

export const useImport = (id: string) =>
  useQuery({
    queryKey: keys.import(id),
    queryFn: ({ signal }) => call('get /imports/:id', { params: { id }, signal }),
    refetchInterval: whileOpen,
  });

/** Rows from a number on, as a query. */
export const importItems = (id: string, query: ImportItemsQuery) => ({
  queryKey: keys.importItems(id, query),
  queryFn: ({ signal }: { readonly signal: AbortSignal }): Promise<ImportItems> =>
    call('get /imports/:id/items', { params: { id }, query, signal }),
});

/** Answers once it is listed; it goes on by itself. key: sent twice by it, it is one import. */
export const createImport = (wish: ImportWish, key: string = onceKey()): Promise<Import> =>
  call('post /imports', { body: wish, headers: { 'Idempotency-Key': key } });

const params = (id: string) => ({ params: { id } });

export const cancelImport = (id: string): Promise<Import> => call('post /imports/:id/cancel', params(id));
export const retryImport = (id: string): Promise<Import> =>
  call('post /imports/:id/retry-failed', { ...params(id), body: {} });
export const deleteImport = (id: string): Promise<undefined> => call('delete /imports/:id', params(id));

/** Address of a spreadsheet to fill in: the browser sends the cookie. */
export const importTemplateUrl = (): string => addressOf('/imports/template.csv');

/** Puts what came with an answer where everybody finds it, and has the lists read again. */
export function rememberImport(client: QueryClient, fetched: Import): void {
  client.setQueryData(keys.import(fetched.id), fetched);
  void client.invalidateQueries({ queryKey: keys.imports() });
  void client.invalidateQueries({ queryKey: keys.importItems(fetched.id, {}).slice(0, 3) });
}

/** The same, for components. */
export function useRememberImport(): (fetched: Import) => void {
  const client = useQueryClient();
  return (fetched) => rememberImport(client, fetched);
}
