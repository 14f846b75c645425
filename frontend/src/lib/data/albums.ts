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

/** The album of that name, made where there is none; undefined where no name is given. */
export async function albumNamed(
  text: string,
  known: readonly Pick<Album, 'id' | 'name'>[],
): Promise<Pick<Album, 'id' | 'name'> | undefined> {
  const name = text.trim();
  if (name === '') return undefined;
  return known.find((album) => album.name === name) ?? (await createAlbum(name));
}
