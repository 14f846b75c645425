/** What happens in other tabs and through the API shows here by itself. */
import { useQueryClient, type QueryClient, type QueryKey } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { followEvents, type Heard } from '../lib/api/events.ts';
import { putProgress, refreshItems, type JobNoun } from '../lib/data/job-news.ts';
import { tellEnd } from './ended.ts';

/** By noun of the event: the queries that may look different now. Keys begin with the plural of what they hold. */
const TOUCHED: Readonly<Record<string, readonly string[]>> = {
  image: ['images', 'albums', 'products', 'product-groups'],
  version: ['images', 'versions'],
  album: ['albums', 'images'],
  share: ['shares'],
  recipe: ['recipes'],
  api_key: ['api-keys'],
  session: ['sessions'],
  account: ['users'],
  webhook: ['webhooks'],
  product_group: ['products', 'product-groups'],
  batch: ['batches', 'images', 'versions', 'albums'],
  import: ['imports', 'images', 'albums', 'products', 'product-groups'],
};

const JOBS: Readonly<Record<string, JobNoun>> = { batch: 'batches', import: 'imports' };

/** Many events at once are one look. */
const GATHER_MS = 400;
/** Items of a job that runs are looked at this often; all else about it, less. */
const ITEMS_EACH_MS = 1000;
const REST_EACH_MS = 5000;

export function useLiveQueries(): void {
  const client = useQueryClient();
  const navigate = useNavigate();
  const go = useRef(navigate);
  useEffect(() => void (go.current = navigate), [navigate]);
  useEffect(() => {
    const ending = new AbortController();
    const looks = new Looks();
    const hear = (heard: Heard) => {
      if (hearProgress(client, looks, heard)) return;
      hearChange(client, looks, heard);
      tellEnd(client, heard, go.current);
    };
    void followEvents(hear, ending.signal);
    return () => {
      ending.abort();
      looks.end();
    };
  }, [client]);
}

function hearChange(client: QueryClient, looks: Looks, { action }: Heard): void {
  const [noun = ''] = action.split('.');
  const keys: QueryKey[] = action === 'reset' ? [[]] : (TOUCHED[noun] ?? []).map((key) => [key]);
  for (const queryKey of keys) {
    looks.soon(queryKey.join(), GATHER_MS, () => void client.invalidateQueries({ queryKey }));
  }
}

/** They come several times a second while a job runs: the counts are in them, the rest is asked for now and then. */
function hearProgress(client: QueryClient, looks: Looks, { action, event }: Heard): boolean {
  const [noun = '', verb] = action.split('.');
  const jobs = JOBS[noun];
  if (verb !== 'progressed' || jobs === undefined || !event) return false;
  putProgress(client, jobs, event.target, event.details);
  looks.soon(`${jobs} ${event.target}`, ITEMS_EACH_MS, () => void refreshItems(client, jobs, event.target));
  // Rates and times left are not in the event; pictures that came of it show elsewhere.
  for (const queryKey of [[jobs, 'one', event.target], [jobs, 'list'], ['images'], ['versions']]) {
    looks.soon(`now and then ${queryKey.join(' ')}`, REST_EACH_MS, () => void client.invalidateQueries({ queryKey }));
  }
  return true;
}

/** Each by its name: asked for many times meanwhile, it is done once. */
class Looks {
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  soon(name: string, wait_ms: number, look: () => void): void {
    if (this.#timers.has(name)) return;
    const begin = (): void => {
      this.#timers.delete(name);
      look();
    };
    this.#timers.set(name, setTimeout(begin, wait_ms));
  }

  end(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
