/** What happens in other tabs and through the API shows here by itself. */
import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useEffect } from 'react';
import { followEvents, type Heard } from '../lib/api/events.ts';

/** By noun of the event: the queries that may look different now. Keys begin with the plural of what they hold. */
const TOUCHED: Readonly<Record<string, readonly string[]>> = {
  image: ['images', 'albums'],
  version: ['images', 'versions'],
  album: ['albums', 'images'],
  share: ['shares'],
  recipe: ['recipes'],
  api_key: ['api-keys'],
  session: ['sessions'],
  account: ['users'],
};

/** Many events at once are one look. */
const GATHER_MS = 400;

export function useLiveQueries(): void {
  const client = useQueryClient();
  useEffect(() => {
    const ending = new AbortController();
    const touched = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      timer = undefined;
      const keys: QueryKey[] = touched.has('*') ? [[]] : [...touched].map((key) => [key]);
      touched.clear();
      for (const queryKey of keys) void client.invalidateQueries({ queryKey });
    };
    const hear = ({ action }: Heard) => {
      const [noun = ''] = action.split('.');
      for (const key of action === 'reset' ? ['*'] : (TOUCHED[noun] ?? [])) touched.add(key);
      timer ??= setTimeout(look, GATHER_MS);
    };
    void followEvents(hear, ending.signal);
    return () => {
      ending.abort();
      clearTimeout(timer);
    };
  }, [client]);
}
