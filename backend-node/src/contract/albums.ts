/** Albums: pictures somebody put together. A picture may be in several. */
import { z } from 'zod';
import { Id, IdParams, line, NoContent, pageOf, PageQuery, Revision, Time } from './common.ts';
import { routes } from './route.ts';

export const Album = z
  .object({
    id: Id,
    revision: Revision,
    name: z.string(),
    description: z.string(),
    created_at: Time,
    images: z.int().describe('How many pictures are in it; those in the trash do not count.'),
    covers: z.array(Id).describe('Its newest pictures, four at most.'),
  })
  .meta({ id: 'Album' });
export type Album = z.infer<typeof Album>;

const name = line(200).min(1).describe('What it is called. Two albums may have the same name.');
const description = line(2000);

const Ids = z.strictObject({
  ids: z.array(Id).min(1).max(1000).describe('Pictures of yours.'),
});

const Moved = z.object({
  changed: z.int().describe('How many pictures came in or went out; the others were in or out already.'),
  missing: z.array(Id).describe('Ids of no picture of yours. Nothing was done with them.'),
});

const read = { scope: 'images:read' } as const;
const write = { scope: 'images:write' } as const;

const tag = 'albums';

export const albumsRoutes = routes({
  listAlbums: {
    method: 'get',
    path: '/albums',
    tag,
    summary: 'Your albums, by name',
    access: read,
    query: PageQuery,
    answers: { 200: { description: 'A page of albums.', body: pageOf(Album) } },
  },
  createAlbum: {
    method: 'post',
    path: '/albums',
    tag,
    summary: 'Make an empty album',
    access: write,
    body: z.strictObject({ name, description: description.default('') }),
    answers: { 201: { description: 'The album.', body: Album, headers: { Location: 'Address of the album.' } } },
    idempotent: true,
  },
  getAlbum: {
    method: 'get',
    path: '/albums/:id',
    tag,
    summary: 'One album',
    description: 'Its pictures: GET /images?album=<id>.',
    access: read,
    params: IdParams,
    answers: { 200: { description: 'The album.', body: Album } },
  },
  changeAlbum: {
    method: 'patch',
    path: '/albums/:id',
    tag,
    summary: 'Change its name or description',
    access: write,
    params: IdParams,
    body: z.strictObject({ name: name.optional(), description: description.optional() }),
    answers: { 200: { description: 'The album as it is now.', body: Album } },
    problems: ['conflict'],
    guarded: true,
  },
  deleteAlbum: {
    method: 'delete',
    path: '/albums/:id',
    tag,
    summary: 'Delete an album',
    description: 'Its pictures stay. Its share links end.',
    access: write,
    params: IdParams,
    answers: { 204: NoContent },
    problems: ['conflict'],
    guarded: true,
  },
  addToAlbum: {
    method: 'post',
    path: '/albums/:id/images',
    tag,
    summary: 'Put pictures in',
    access: write,
    params: IdParams,
    body: Ids,
    answers: { 200: { description: 'What was done.', body: Moved } },
    problems: ['conflict'],
  },
  removeFromAlbum: {
    method: 'delete',
    path: '/albums/:id/images',
    tag,
    summary: 'Take pictures out',
    description: 'They stay in the gallery.',
    access: write,
    params: IdParams,
    body: Ids,
    answers: { 200: { description: 'What was done.', body: Moved } },
    problems: ['conflict'],
  },
});
