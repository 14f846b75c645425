/** The pictures of a batch, however many: only those in sight are asked for. */
import { useInfiniteQuery, useQueries } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call } from '../../lib/api/call.ts';
import { batchItems, type Batch, type BatchItem, type BatchItems } from '../../lib/data/batches.ts';
import { keys } from '../../lib/data/keys.ts';
import { ASKED, countOf, type Shown } from './shown.ts';
import { useRows, type Rows, type Shape, type Span } from './use-rows.ts';

export const PAGE = 100;

export interface Items extends Rows {
  readonly count: number;
  /** undefined: not known yet. */
  readonly at: (place: number) => BatchItem | undefined;
  readonly pending: boolean;
  readonly error: Error | null;
}

interface Found {
  readonly at: Items['at'];
  readonly pending: boolean;
  readonly error: Error | null;
}

export function useItems(batch: Batch, shown: Shown, shape: Shape): Items {
  const some = useSome(batch, shown);
  const isAll = shown === 'all';
  const count = isAll ? batch.total : some.count;
  const rows = useRows(count, shape);
  const all = useEvery(batch, rows.span, isAll);
  const { readOn } = some;
  const wanted = !isAll && rows.span.last >= some.read - 1;
  useEffect(() => {
    if (wanted) void readOn?.();
  }, [wanted, readOn]);
  const { at, pending, error } = isAll ? all : some;
  return { ...rows, count, at, pending, error };
}

/** By number, beginning anywhere. */
function useEvery({ id, total }: Batch, span: Span, enabled: boolean): Found {
  const pages = enabled ? pagesOf(span, total) : [];
  return useQueries({
    queries: pages.map((page) => batchItems(id, { from: page * PAGE + 1, limit: PAGE })),
    combine: (read) => ({
      pending: read.some(({ isPending }) => isPending),
      error: read.find(({ data }) => !data)?.error ?? null,
      at: (place: number) => itemIn(read[Math.floor(place / PAGE) - (pages[0] ?? 0)]?.data, place),
    }),
  });
}

/** Those of one kind, page after page as somebody gets to the end of what was read. */
function useSome(batch: Batch, shown: Shown) {
  const { id } = batch;
  const query = shown === 'all' ? {} : ASKED[shown];
  const { data, error, isPending, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey: keys.batchItems(id, { ...query, each: true }),
    queryFn: ({ pageParam, signal }): Promise<BatchItems> =>
      call('get /batches/:id/items', { params: { id }, query: { ...query, from: pageParam, limit: PAGE }, signal }),
    initialPageParam: 1,
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled: shown !== 'all',
  });
  const found = data?.pages.flatMap(({ items }) => items) ?? [];
  return {
    // What is not read yet has its place already, so that the page is as long as it will be.
    count: hasNextPage ? Math.max(found.length + 1, countOf(batch, shown)) : found.length,
    read: found.length,
    readOn: hasNextPage && !isFetching ? fetchNextPage : undefined,
    at: (place: number) => found[place],
    pending: isPending,
    error: data ? null : error,
  };
}

/** Numbers of the pages that hold the places, each within what there is. */
export function pagesOf({ first, last }: Span, count: number): readonly number[] {
  if (count === 0 || last < first) return [];
  const from = Math.floor(Math.max(first, 0) / PAGE);
  const to = Math.floor(Math.min(last, count - 1) / PAGE);
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, at) => from + at);
}

/** The item of a place: usually where it is expected, else where its number is. */
export function itemIn(page: BatchItems | undefined, place: number): BatchItem | undefined {
  const number = place + 1;
  const expected = page?.items[place % PAGE];
  return expected?.number === number ? expected : page?.items.find((item) => item.number === number);
}
