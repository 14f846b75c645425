/** Pictures of originals that browsers can show, whatever their format is and however large they are. */
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { open } from '../api/call.ts';
import { isProblem } from '../api/problem.ts';
import { Places } from '../work/places.ts';

const KEY = 'originals';
/** What one account may have rendered at once, less one. */
const places = new Places(2);
const MOST_TRIES = 5;

/** Its address. Good for as long as the query is kept. */
export function useOriginal(id: string, max_px: number, wanted = true) {
  const client = useQueryClient();
  return useQuery({
    queryKey: [KEY, id, max_px],
    queryFn: async ({ signal }) => {
      freeWhatIsForgotten(client);
      const body = { recipe: { steps: [] }, max_px };
      return places.during(signal, async () => {
        const answer = await open('post /images/:id/preview', { params: { id }, body, signal });
        return URL.createObjectURL(await answer.blob());
      });
    },
    enabled: wanted,
    staleTime: Infinity,
    retry: (failures, error) => failures < MOST_TRIES && isProblem(error, 'too_busy'),
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
