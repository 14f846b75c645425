/** Lists that the gateway gives page by page. */
import { infiniteQueryOptions, type QueryKey } from '@tanstack/react-query';

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** from: where the page begins, as part of its query. */
type Ask<P> = (from: { readonly cursor?: string }, signal: AbortSignal) => Promise<P>;

/** One more whenever somebody wants more. */
export const paged = <P extends Page<unknown>>(queryKey: QueryKey, ask: Ask<P>) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => ask(pageParam === '' ? {} : { cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });

/** All of them at once. */
export async function everyPage<T>(ask: Ask<Page<T>>, signal: AbortSignal): Promise<T[]> {
  const found: T[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Page<T> = await ask(cursor === '' ? {} : { cursor }, signal);
    found.push(...page.items);
    cursor = page.nextCursor;
  }
  return found;
}
