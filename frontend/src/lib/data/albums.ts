/** The account's albums. */
import { useQuery } from '@tanstack/react-query';
import type { Album } from '../../../../backend-node/src/contract/albums.ts';
import { call } from '../api/call.ts';
import { keys } from './keys.ts';
import { everyPage } from './pages.ts';

export type { Album };

const A_PAGE = 200;

/** All of them, by name. */
export const useAlbums = () =>
  useQuery({
    queryKey: keys.albums(),
    queryFn: ({ signal }) => everyPage((from, until) => call('get /albums', { query: { limit: A_PAGE, ...from }, signal: until }), signal),
  });

export const useAlbum = (id: string) =>
  useQuery({ queryKey: keys.album(id), queryFn: ({ signal }) => call('get /albums/:id', { params: { id }, signal }) });

export const createAlbum = (name: string): Promise<Album> => call('post /albums', { body: { name: name.trim() } });
