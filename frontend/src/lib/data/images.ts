/** Images, one by one. Many that are asked for at once are one request. */
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { create, keyResolver, windowScheduler } from '@yornaath/batshit';
import type { Image } from '../../../../backend-node/src/contract/image.ts';
import { call } from '../api/call.ts';
import { keys } from './keys.ts';

export type { Image };

const GATHER_MS = 16;
const MOST_AT_ONCE = 150;

const batch = create({
  fetcher: async (ids: string[]): Promise<Image[]> => {
    const lots = Array.from({ length: Math.ceil(ids.length / MOST_AT_ONCE) }, (_, at) =>
      ids.slice(at * MOST_AT_ONCE, (at + 1) * MOST_AT_ONCE),
    );
    const pages = await Promise.all(
      lots.map((lot) => call('get /images', { query: { ids: lot.join(','), limit: MOST_AT_ONCE } })),
    );
    return pages.flatMap(({ items }) => items);
  },
  resolver: keyResolver('id'),
  scheduler: windowScheduler(GATHER_MS),
});

/** A thumb's worth of one image, as part of a list. Data is null where it went away meanwhile. */
export const useListedImage = (id: string) =>
  useQuery({ queryKey: keys.image(id), queryFn: async () => ((await batch.fetch(id)) as Image | undefined) ?? null });

/** One image of a page of its own. Fails with not_found. */
export const useImage = (id: string) =>
  useQuery({ queryKey: keys.image(id), queryFn: ({ signal }) => call('get /images/:id', { params: { id }, signal }) });

/** Puts what came with another answer where everybody finds it. */
export const rememberImage = (client: QueryClient, image: Image): void =>
  void client.setQueryData(keys.image(image.id), image);

/** Says that these look different now: lists, counts and albums too. */
export function useImagesChanged(): () => Promise<unknown> {
  const client = useQueryClient();
  return () =>
    Promise.all(['images', 'albums'].map((noun) => client.invalidateQueries({ queryKey: [noun] })));
}
