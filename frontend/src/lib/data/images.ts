/** Images, one by one. Many that are asked for at once are one request. */
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { create, keyResolver, windowScheduler } from '@yornaath/batshit';
import type { Image } from '../../../../backend-node/src/contract/image.ts';
import { call } from '../api/call.ts';
import { keys } from './keys.ts';
import { hurryOutlines } from './outline.ts';

export type { Image };

const GATHER_MS = 16;
const MOST_AT_ONCE = 150;
const FRESH_MS = 30_000;

type Where = Image['state'];

/** What of them is there: outside the trash, or in it. In no order. */
export async function imagesOf(ids: readonly string[], state: Where = 'active'): Promise<Image[]> {
  const lots = Array.from({ length: Math.ceil(ids.length / MOST_AT_ONCE) }, (_, at) =>
    ids.slice(at * MOST_AT_ONCE, (at + 1) * MOST_AT_ONCE),
  );
  const pages = await Promise.all(
    lots.map((lot) => call('get /images', { query: { ids: lot.join(','), limit: MOST_AT_ONCE, state } })),
  );
  return pages.flatMap(({ items }) => items);
}

const batchOf = (state: Where) =>
  create({
    fetcher: (ids: string[]) => imagesOf(ids, state),
    resolver: keyResolver('id'),
    scheduler: windowScheduler(GATHER_MS),
  });
const batches = { active: batchOf('active'), trashed: batchOf('trashed') } as const;

interface Listed {
  readonly state?: Where;
  /** false: only what is known already. */
  readonly enabled?: boolean;
}

/** A list that did not find it says nothing about other lists, or its own page: they ask again. */
const freshness = ({ state: { data } }: { readonly state: { readonly data: unknown } }): number =>
  data === null ? 0 : FRESH_MS;

/** A thumb's worth of one image, as part of a list. Data is null where it went away meanwhile. */
export const useListedImage = (id: string, { state = 'active', enabled = true }: Listed = {}) =>
  useQuery({
    queryKey: keys.image(id),
    queryFn: async () => ((await batches[state].fetch(id)) as Image | undefined) ?? null,
    enabled,
    staleTime: freshness,
  });

/** One image of a page of its own. Fails with not_found. */
export const useImage = (id: string) =>
  useQuery({
    queryKey: keys.image(id),
    queryFn: ({ signal }) => call('get /images/:id', { params: { id }, signal }),
    staleTime: freshness,
  });

/** Puts what came with another answer where everybody finds it. */
export const rememberImage = (client: QueryClient, image: Image): void =>
  void client.setQueryData(keys.image(image.id), image);

/**
 * Says that these look different now: lists, counts and albums too. gone: those that left every list they were in; where it
 * is given, though empty, long lists are read again at once as well.
 */
export function useImagesChanged(): (gone?: readonly string[]) => Promise<unknown> {
  const client = useQueryClient();
  return (gone) => {
    if (gone) hurryOutlines(client, gone);
    return Promise.all(['images', 'albums'].map((noun) => client.invalidateQueries({ queryKey: [noun] })));
  };
}
