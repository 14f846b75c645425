/** Batches: one recipe over many pictures. They live on the server, and go on whoever looks. */
import { useInfiniteQuery, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { Batch, BatchItem } from '../../../../backend-node/src/contract/batches.ts';
import { addressOf, call, type BodyOf, type QueryOf } from '../api/call.ts';
import { onceKey } from '../api/once-key.ts';
import { postTracked, type Sending } from '../api/tracked.ts';
import { keys } from './keys.ts';
import { whileAnyOpen, whileOpen } from './looking.ts';
import { paged } from './pages.ts';

export type { Batch, BatchItem };
/** What POST /batches takes. */
export type BatchWish = BodyOf<'post /batches'>;
export type BatchItemsQuery = QueryOf<'get /batches/:id/items'>;
/** A page of items; next: the number to go on from. */
export interface BatchItems {
  readonly items: readonly BatchItem[];
  readonly next: number | null;
}

/** As many pictures as one batch takes. */
export const MOST_IN_BATCH = 100_000;
const A_PAGE = 50;

/** Newest first, page by page: data is all that was read until now. */
export const useBatches = () =>
  useInfiniteQuery({
    ...paged(keys.batches(), (from, signal) => call('get /batches', { query: { limit: A_PAGE, ...from }, signal })),
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    refetchInterval: whileAnyOpen,
  });

export const useBatch = (id: string) =>
  useQuery({
    queryKey: keys.batch(id),
    queryFn: ({ signal }) => call('get /batches/:id', { params: { id }, signal }),
    refetchInterval: whileOpen,
  });

/** Items from a number on, as a query: for useQuery, useQueries and prefetches alike. */
export const batchItems = (id: string, query: BatchItemsQuery) => ({
  queryKey: keys.batchItems(id, query),
  queryFn: ({ signal }: { readonly signal: AbortSignal }): Promise<BatchItems> =>
    call('get /batches/:id/items', { params: { id }, query, signal }),
});

export const useBatchItems = (id: string, query: BatchItemsQuery = {}) => useQuery(batchItems(id, query));

/** Answers once it is listed; it goes on by itself. key: sent twice by it, it is one batch. */
export const createBatch = (wish: BatchWish, key = onceKey()): Promise<Batch> =>
  call('post /batches', { body: wish, headers: { 'Idempotency-Key': key } });

/** form: the fields first, then csv, then zip. Answers once the zip has arrived and was found sound. key: as above. */
export async function createBatchOfZip(form: FormData, sending: Sending, key = onceKey()): Promise<Batch> {
  const answer = await postTracked(addressOf('/batches/zip'), form, { 'Idempotency-Key': key }, sending);
  return (await answer.json()) as Batch;
}

const params = (id: string) => ({ params: { id } });

export const pauseBatch = (id: string): Promise<Batch> => call('post /batches/:id/pause', params(id));
export const resumeBatch = (id: string): Promise<Batch> => call('post /batches/:id/resume', params(id));
export const cancelBatch = (id: string): Promise<Batch> => call('post /batches/:id/cancel', params(id));
export const retryBatch = (id: string): Promise<Batch> => call('post /batches/:id/retry-failed', { ...params(id), body: {} });
export const deleteBatch = (id: string): Promise<undefined> => call('delete /batches/:id', params(id));

/** Addresses of downloads: the browser sends the cookie. */
export const batchCsvUrl = (id: string): string => addressOf('/batches/:id/result.csv', params(id));
export const batchZipUrl = (id: string): string => addressOf('/batches/:id/result.zip', params(id));

/** Puts what came with an answer where everybody finds it, and has the lists read again. */
export function rememberBatch(client: QueryClient, batch: Batch): void {
  client.setQueryData(keys.batch(batch.id), batch);
  void client.invalidateQueries({ queryKey: keys.batches() });
  void client.invalidateQueries({ queryKey: keys.batchItems(batch.id, {}).slice(0, 3) });
}

/** The same, for components. */
export function useRememberBatch(): (batch: Batch) => void {
  const client = useQueryClient();
  return (batch) => rememberBatch(client, batch);
}
