/** Versions: an Image rendered by a recipe. Masks, and checks against a channel, whose remedy may become a version. */
import { z } from 'zod';
import {
  BlobId,
  flag,
  Id,
  IdParams,
  NoContent,
  PageQuery,
  pageOf,
  RecipeDocument,
  Revision,
  Time,
  WhichVersion,
} from './common.ts';
import { Image } from './image.ts';
import { isOneWish, ONE_WISH, wishFields } from './recipe-wish.ts';
import { routes } from './route.ts';
import { INSPECTING, RENDERING } from './work-problems.ts';

const Blob = z.union([BlobId, z.literal('')]);

export const Version = z
  .object({
    id: Id,
    revision: Revision,
    image: Id,
    number: z.int().describe('Counts up from 1 with each new version of the image.'),
    current: z.boolean().describe('Whether it is the one shown and exported.'),
    created_at: Time,
    created_by: z.string().describe('Id of the account that made it.'),
    preset: z.string().describe('Name of the preset or saved recipe it was made by; empty: a recipe of its own.'),
    recipe: RecipeDocument.describe('What was done, with every default written out.'),
    blob: BlobId.describe('The result.'),
    mask_blob: Blob.describe('The product in the result: white is product. Empty: no step looked for it.'),
    source_mask_blob: Blob.describe('The product in the original, before anything moved it.'),
    thumbhash: z.string().nullable().describe('A blurred picture in about 28 bytes, base64.'),
    review_state: z.string(),
    mime: z.string(),
    width: z.int(),
    height: z.int(),
    bytes: z.int(),
    quality_before: z.number().nullable().describe('0 to 100.'),
    quality_after: z.number().nullable().describe('0 to 100.'),
    quality: z.looseObject({}).nullable().describe('The score by metric.'),
    gates: z.array(z.looseObject({})).readonly().describe('Hard rules: each passed or failed.'),
    steps: z.array(z.looseObject({})).readonly().describe('What each step took and found.'),
    warnings: z.array(z.string()).readonly().describe('Sentences for a person.'),
    fill: z.looseObject({}).describe('How much of the picture the product covers.'),
    white_purity: z.number().nullable().describe('Share of a white ground that is pure white; null on other grounds.'),
    elapsed_ms: z.number(),
  })
  .meta({ id: 'Version' });
export type Version = z.infer<typeof Version>;

const VersionParams = z.strictObject({ id: Id, version: Id });
const current = z.boolean().default(true).describe('Whether the new version becomes the one shown and exported.');

const RenderBody = z.strictObject({ ...wishFields, current }).refine(isOneWish, ONE_WISH);
export type RenderBody = z.output<typeof RenderBody>;

const CheckBody = z
  .strictObject({
    channel: z.string().min(1).max(100).describe('Name of a channel: GET /channels.'),
    version: WhichVersion,
    fix: z.boolean().default(false).describe('Mend what can be mended, and check again.'),
    save: z.boolean().default(false).describe('Keep the mended picture as a new version, the current one.'),
  })
  .refine(({ fix, save }) => fix || !save, 'Expected save only together with fix');
export type CheckBody = z.output<typeof CheckBody>;

const Checked = z.looseObject({
  channel: z.string(),
  report: z.looseObject({}).describe('A row per rule: pass, warn or fail, what was measured, how to mend it.'),
  version: Version.nullable().describe('The version that was saved; null where none was.'),
});

/** A mask that a recipe may name: in the parameter of an operation whose control is a mask. */
export const PaintedMask = z.object({ blob: BlobId, width: z.int(), height: z.int() });
export type PaintedMask = z.infer<typeof PaintedMask>;

const MASK = 'image/png';
const MASK_STREAM = { [MASK]: z.string().describe('A PNG.') };
const MASK_PROBLEMS = ['image_too_large', 'unsupported_format', 'unsupported_media_type', 'upload_stalled'] as const;
const read = { scope: 'images:read' } as const;
const write = { scope: 'images:write' } as const;
const work = { scope: 'process' } as const;
const tag = 'versions';
const KEEPING = [...RENDERING, 'invalid_transition', 'conflict', 'storage_full'] as const;
const headers = { Location: 'Address of the version.' };

export const versionsRoutes = routes({
  createVersion: {
    method: 'post',
    path: '/images/:id/versions',
    tag,
    summary: 'Render an image by a recipe and keep the result',
    description: 'The same recipe on the same original again costs next to nothing.',
    access: work,
    params: IdParams,
    body: RenderBody,
    idempotent: true,
    answers: { 201: { description: 'The new version.', body: Version, headers } },
    problems: KEEPING,
  },
  listVersions: {
    method: 'get',
    path: '/images/:id/versions',
    tag,
    summary: 'List the versions of an image',
    access: read,
    params: IdParams,
    query: PageQuery,
    answers: { 200: { description: 'Versions, newest first.', body: pageOf(Version) } },
  },
  getVersion: {
    method: 'get',
    path: '/images/:id/versions/:version',
    tag,
    summary: 'Show one version',
    access: read,
    params: VersionParams,
    answers: { 200: { description: 'The version.', body: Version } },
  },
  deleteVersion: {
    method: 'delete',
    path: '/images/:id/versions/:version',
    tag,
    summary: 'Delete a version',
    description: 'Where it is the current one, the version before it becomes current, or the original.',
    access: write,
    params: VersionParams,
    guarded: true,
    answers: { 204: NoContent },
    problems: ['conflict'],
  },
  chooseVersion: {
    method: 'post',
    path: '/images/:id/versions/current',
    tag,
    summary: 'Go back to a version, or to the original',
    access: write,
    params: IdParams,
    body: z.strictObject({ version: z.union([Id, z.literal('')]).describe('Empty: the original.') }),
    guarded: true,
    answers: { 200: { description: 'The image.', body: Image } },
    problems: ['conflict'],
  },
  getMask: {
    method: 'get',
    path: '/images/:id/mask',
    tag,
    summary: 'The mask of a version: white is product, black is ground',
    access: { scope: 'images:read', cookie: true },
    params: IdParams,
    query: z.strictObject({
      version: Id.optional().describe('Left out: the current one.'),
      frame: z
        .enum(['source', 'result'])
        .default('source')
        .describe('source: as large as the original, fit for editing. result: as large as the version.'),
      download: flag.optional().describe('true: to be saved as a file.'),
    }),
    answers: { 200: { description: 'A grey picture.', media: [MASK] }, 304: { description: 'Not changed.' } },
    problems: ['corrupt_blob', 'processing_unavailable', 'range_not_satisfiable'],
  },
  putMask: {
    method: 'put',
    path: '/images/:id/mask',
    tag,
    summary: 'Cut the product out along a mask of your own',
    description:
      'Makes a new version by the recipe of the current one (or of the one named), with the mask in the place of what ' +
      'found the product. The mask fits the original: white is product, black is ground, grey a soft edge. One of ' +
      'another aspect is stretched, and a warning says so.',
    access: work,
    params: IdParams,
    query: z.strictObject({ version: Id.optional().describe('Whose recipe to take. Left out: the current one’s.') }),
    stream: MASK_STREAM,
    answers: { 201: { description: 'The new version.', body: Version, headers } },
    problems: [...KEEPING, ...MASK_PROBLEMS],
  },
  addMask: {
    method: 'post',
    path: '/images/:id/masks',
    tag,
    summary: 'Keep a mask that a recipe may name, without a new version',
    description:
      'For a recipe that is still being worked on: preview it with the mask before it is saved. The mask stays as long ' +
      'as the image or a version that uses it; of those that no version uses, the latest 50 are kept.',
    access: work,
    params: IdParams,
    stream: MASK_STREAM,
    answers: { 201: { description: 'The mask.', body: PaintedMask } },
    problems: [...INSPECTING, 'invalid_transition', 'conflict', 'storage_full', ...MASK_PROBLEMS],
  },
  checkImage: {
    method: 'post',
    path: '/images/:id/check',
    tag,
    summary: 'Hold a version against the rules of a channel',
    access: work,
    params: IdParams,
    body: CheckBody,
    idempotent: true,
    answers: { 200: { description: 'A row per rule; with fix also what mends it, and its rows.', body: Checked } },
    problems: KEEPING,
  },
});
