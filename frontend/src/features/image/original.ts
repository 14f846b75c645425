/** A picture of the original that browsers can show, whatever its format is. */
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { open } from '../../lib/api/call.ts';

const KEY = 'originals';
export const LARGE_PX = 2048;
export const SMALL_PX = 192;

/** Its address. Good for as long as the query is kept. */
export function useOriginal(id: string, max_px: number, wanted = true) {
  const client = useQueryClient();
  return useQuery({
    queryKey: [KEY, id, max_px],
    queryFn: async ({ signal }) => {
      freeWhatIsForgotten(client);
      const body = { recipe: { steps: [] }, max_px };
      const answer = await open('post /images/:id/preview', { params: { id }, body, signal });
      return URL.createObjectURL(await answer.blob());
    },
    enabled: wanted,
    staleTime: Infinity,
  });
}

const watched = new WeakSet<QueryClient>();

function freeWhatIsForgotten(client: QueryClient): void {
  if (watched.has(client)) return;
  watched.add(client);
  client.getQueryCache().subscribe(({ type, query }) => {
    const [kind] = query.queryKey as readonly unknown[];
    if (type === 'removed' && kind === KEY && typeof query.state.data === 'string') {
      URL.revokeObjectURL(query.state.data);
    }
  });
}
