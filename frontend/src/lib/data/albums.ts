/** The account's albums. */
import { useQuery } from '@tanstack/react-query';
import type { Album } from '../../../../backend-node/src/contract/albums.ts';
import { call } from '../api/call.ts';
import { keys } from './keys.ts';

export type { Album };

/** All of them, by name. */
export const useAlbums = () =>
  useQuery({
    queryKey: keys.albums(),
    queryFn: async ({ signal }) => {
      const found: Album[] = [];
      let cursor: string | undefined;
      do {
        const page = await call('get /albums', { query: { limit: 200, ...(cursor && { cursor }) }, signal });
        found.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      return found;
    },
  });

export const useAlbum = (id: string) =>
  useQuery({ queryKey: keys.album(id), queryFn: ({ signal }) => call('get /albums/:id', { params: { id }, signal }) });
