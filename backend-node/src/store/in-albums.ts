/** Which albums an image is in: the image lists them. */
import { GatewayError } from '../errors.ts';
import type { ImageRow } from './rows.ts';

const MOST_ALBUMS = 100;

/** The image in the album too; itself where it is in already. Throws conflict where it is in as many as it may be. */
export function putIn(row: ImageRow, album: string): ImageRow {
  if (row.albums.includes(album)) return row;
  if (row.albums.length < MOST_ALBUMS) return { ...row, albums: [...row.albums, album] };
  throw new GatewayError('conflict', `Expected each image to be in at most ${MOST_ALBUMS} albums`);
}

/** The image out of the album; itself where it was not in it. */
export function takeOut(row: ImageRow, album: string): ImageRow {
  return row.albums.includes(album) ? { ...row, albums: row.albums.filter((id) => id !== album) } : row;
}
