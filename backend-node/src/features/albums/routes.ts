import { albumsRoutes } from '../../contract/albums.ts';
import type { Api } from '../../http/api.ts';
import { created, noContent, ok } from '../../http/call.ts';
import { Members } from './members.ts';
import type { AlbumParts } from './parts.ts';
import { Albums } from './service.ts';

export function addAlbums(api: Api, parts: AlbumParts): void {
  const members = new Members(parts);
  const albums = new Albums(parts, members);
  api.add(albumsRoutes, {
    listAlbums: async ({ who, query }) => ok(await albums.list(who.id, query)),
    createAlbum: async (call) => {
      const album = await albums.create(call, call.body);
      return created(album, `/api/v1/albums/${album.id}`);
    },
    getAlbum: async ({ who, params }) => ok(await albums.get(who.id, params.id)),
    changeAlbum: async (call) => ok(await albums.change(call, call.params.id, call.body, call.expected)),
    deleteAlbum: async (call) => {
      await albums.delete(call, call.params.id, call.expected);
      return noContent();
    },
    addToAlbum: async (call) => ok(await members.add(call, call.params.id, call.body.ids)),
    removeFromAlbum: async (call) => ok(await members.remove(call, call.params.id, call.body.ids)),
  });
}
