/** Share links: who has one sees the pictures of one album, without an account. */
import { z } from 'zod';
import { Id, IdParams, NoContent, pageOf, PageQuery, Time } from './common.ts';
import { routes } from './route.ts';

const Allowed = z
  .enum(['version', 'original'])
  .describe('version: thumbs and current versions. original: the uploaded files as well, with all their metadata.');

export const Share = z
  .object({
    id: Id,
    album: Id,
    variant: Allowed,
    state: z.enum(['active', 'expired', 'revoked']),
    created_at: Time,
    expires_at: Time,
    url: z.string().describe('Address of the page, below that of this site. Empty once it has ended.'),
  })
  .meta({ id: 'Share' });
export type Share = z.infer<typeof Share>;

export const SharedImage = z
  .object({
    id: Id,
    name: z.string(),
    title: z.string(),
    width: z.int().describe('Of the picture as visitors see it, in pixels.'),
    height: z.int(),
    thumbhash: z.string(),
    variants: z.array(z.enum(['thumb', 'version', 'original'])).describe('The files that can be had.'),
  })
  .meta({ id: 'SharedImage' });
export type SharedImage = z.infer<typeof SharedImage>;

// Not bounded any closer: a token of any other length is a wrong one, and answered like it.
const token = z.string().max(16_000).meta({ description: 'The part of the link behind /s/.', maxLength: 500 });

const write = { scope: 'images:write' } as const;

const tag = 'shares';

export const sharesRoutes = routes({
  createShare: {
    method: 'post',
    path: '/albums/:id/shares',
    tag,
    summary: 'Make a link to an album',
    access: write,
    params: IdParams,
    body: z.strictObject({
      expires_in_days: z.int().min(1).max(365).default(30),
      variant: Allowed.default('version'),
    }),
    answers: { 201: { description: 'The link.', body: Share, headers: { Location: 'Where it can be revoked.' } } },
    problems: ['conflict'],
  },
  listShares: {
    method: 'get',
    path: '/albums/:id/shares',
    tag,
    summary: 'The links of an album, newest first',
    access: write,
    params: IdParams,
    query: PageQuery,
    answers: { 200: { description: 'A page of links.', body: pageOf(Share) } },
  },
  revokeShare: {
    method: 'delete',
    path: '/shares/:id',
    tag,
    summary: 'End a link now',
    access: write,
    params: IdParams,
    answers: { 204: NoContent },
    problems: ['conflict'],
  },
  getShared: {
    method: 'get',
    path: '/shared/:token',
    tag,
    summary: 'What a visitor sees',
    access: 'open',
    params: z.strictObject({ token }),
    query: PageQuery,
    answers: {
      200: {
        description: 'A page of the pictures, newest first.',
        body: pageOf(SharedImage).extend({ name: z.string().describe('Of the album.'), expires_at: Time }),
      },
    },
    problems: ['share_invalid'],
  },
  getSharedFile: {
    method: 'get',
    path: '/shared/:token/images/:id/file',
    tag,
    summary: 'A file for a visitor',
    access: 'open',
    params: z.strictObject({ token, id: Id }),
    query: z.strictObject({ variant: z.enum(['thumb', 'version', 'original']).default('version') }),
    answers: {
      200: { description: 'The file.', media: ['image/*'] },
      206: { description: 'The range asked for.', media: ['image/*'] },
      304: { description: 'It has not changed.' },
    },
    problems: ['share_invalid', 'forbidden', 'range_not_satisfiable', 'corrupt_blob', 'processing_unavailable'],
  },
});
