/** Progress of batches and imports, as events tell it: what is on screen moves without asking for all of it again. */
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { ServerItemState, ServerJob } from './server-jobs.ts';

/** Which of the two: the first element of their keys. */
export type JobNoun = 'batches' | 'imports';

export interface Progressed {
  readonly total?: number;
  readonly counts?: ServerJob['counts'];
}

interface ItemsPage {
  readonly items: readonly { readonly state: ServerItemState }[];
}

/** Longer lists of some of the items are not read again while it runs: nobody sees the end of them. */
const MOST_PAGES = 3;

/** Puts the counts where the job is shown: in the list, and on its own page. */
export function putProgress(client: QueryClient, noun: JobNoun, id: string, { total, counts }: Progressed): void {
  if (!counts) return;
  const news = { counts, ...(total !== undefined && { total }) };
  client.setQueryData<ServerJob>([noun, 'one', id], (job) => job && { ...job, ...news });
  client.setQueryData<InfiniteData<{ readonly items: readonly ServerJob[] }>>([noun, 'list'], (list) =>
    list?.pages.some(({ items }) => items.some((job) => job.id === id)) === true
      ? {
          ...list,
          pages: list.pages.map((page) => ({
            ...page,
            items: page.items.map((job) => (job.id === id ? { ...job, ...news } : job)),
          })),
        }
      : list,
  );
}

/** Has those items read again that are on screen and may have moved on. */
export const refreshItems = (client: QueryClient, noun: JobNoun, id: string): Promise<void> =>
  client.invalidateQueries({
    queryKey: [noun, 'items', id],
    predicate: ({ state }) => mayMove(state.data as ItemsPage | InfiniteData<ItemsPage> | undefined),
  });

function mayMove(data: ItemsPage | InfiniteData<ItemsPage> | undefined): boolean {
  if (!data) return true;
  if ('pages' in data) return data.pages.length <= MOST_PAGES;
  return data.items.some(({ state }) => state === 'waiting' || state === 'running');
}
