/** Which rows of an import are shown, and how they are read: a hundred thousand of them page by page. */
import { infiniteQueryOptions, useInfiniteQuery, useQueries } from '@tanstack/react-query';
import {
  importItems,
  type Import,
  type ImportItem,
  type ImportItems,
  type ImportItemsQuery,
} from '../../lib/data/imports.ts';

export const FILTERS = ['all', 'failed', 'new', 'known'] as const;
export type Filter = (typeof FILTERS)[number];

/** How many rows a filter shows, as far as the import itself tells. */
export function countOf({ total, counts, fresh }: Pick<Import, 'total' | 'counts' | 'fresh'>, filter: Filter): number {
  if (filter === 'all') return total;
  if (filter === 'failed') return counts.failed;
  return filter === 'new' ? fresh : counts.done - fresh;
}

/** What is asked for; all of them are asked for by number. */
const ASKED: Readonly<Record<Exclude<Filter, 'all'>, ImportItemsQuery>> = {
  failed: { state: 'failed' },
  new: { fate: 'created' },
  known: { fate: 'duplicate' },
};

const A_PAGE = 100;
const A_LONG_PAGE = 200;

/** Of all rows: those from first to last, at their places; undefined where one is still read. */
export function useRowsBetween(id: string, first: number, last: number) {
  const pages = Array.from(
    { length: Math.floor(last / A_PAGE) - Math.floor(first / A_PAGE) + 1 },
    (_, at) => Math.floor(first / A_PAGE) + at,
  );
  const answers = useQueries({
    queries: pages.map((page) => importItems(id, { from: page * A_PAGE + 1, limit: A_PAGE })),
  });
  const at = (index: number): ImportItem | undefined => {
    const answer = answers[pages.indexOf(Math.floor(index / A_PAGE))];
    return answer?.data?.items.find(({ number }) => number === index + 1);
  };
  const failed = answers.find(({ error, data }) => error && !data);
  return { at, error: failed?.error, retry: () => void failed?.refetch() };
}

/** Of one kind: from the first on, as far as somebody looked. */
export const useRowsOf = (id: string, filter: Exclude<Filter, 'all'>) =>
  useInfiniteQuery({
    ...rowsOf(id, filter),
    select: ({ pages }) => pages.flatMap(({ items }) => items),
  });

function rowsOf(id: string, filter: Exclude<Filter, 'all'>) {
  const page = (from: number) => importItems(id, { ...ASKED[filter], from, limit: A_LONG_PAGE });
  return infiniteQueryOptions({
    queryKey: [...importItems(id, ASKED[filter]).queryKey, 'list'],
    queryFn: ({ pageParam, signal }): Promise<ImportItems> => page(pageParam).queryFn({ signal }),
    initialPageParam: 1,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}
