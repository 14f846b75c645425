/** Images: uploading, finding, editing, throwing away. */
import { z } from 'zod';
import { flag, Id, IdParams, line, NoContent, PageQuery, pageOf } from './common.ts';
import { BulkChange, BulkResult } from './image-bulk.ts';
import { IMAGE_FILTER, IMAGE_ORDER } from './image-filter.ts';
import { TAKING_IN, UPLOAD_ANSWERS, UPLOAD_BODIES, UPLOAD_FIELDS } from './image-upload.ts';
import { Image } from './image.ts';
import { routes } from './route.ts';
import { IMAGE_TEXTS, separated, Tags } from './tags.ts';

const read = { scope: 'images:read' } as const;
const write = { scope: 'images:write' } as const;
const tag = 'images';

const MOST_IDS = 200;

export const ListQuery = z.strictObject({
  ids: z
    .string()
    .max(MOST_IDS * 30)
    .transform(separated)
    .pipe(z.array(Id).min(1).max(MOST_IDS))
    .optional()
    .describe(
      `Only these, at most ${MOST_IDS}, separated by commas. Those not found, or not in the state asked for, are left out.`,
    ),
  ...IMAGE_FILTER,
  ...IMAGE_ORDER,
  ...PageQuery.shape,
  count: flag.optional().describe('true: tell how many there are in total.'),
});
export type ListQuery = z.output<typeof ListQuery>;

export const ImageChange = z.strictObject({
  title: IMAGE_TEXTS.title.optional(),
  sku: IMAGE_TEXTS.sku.optional(),
  product_group: IMAGE_TEXTS.product_group.optional(),
  tags: Tags.optional().describe('Instead of those there are.'),
});
export type ImageChange = z.output<typeof ImageChange>;

export const imagesRoutes = routes({
  uploadImages: {
    method: 'post',
    path: '/images',
    tag,
    summary: 'Upload pictures',
    description:
      'Many files as multipart/form-data, or one as the body itself. The same bytes twice are one image. Each file ' +
      'has its own fate in items; where every one failed, the problem of the first is the answer.',
    access: write,
    query: z.strictObject({
      ...UPLOAD_FIELDS,
      name: line(1000).optional().describe('Name of the file, where the body is the file itself.'),
    }),
    stream: UPLOAD_BODIES,
    answers: UPLOAD_ANSWERS,
    problems: ['upload_stalled', ...TAKING_IN],
  },
  listImages: {
    method: 'get',
    path: '/images',
    tag,
    summary: 'Find images',
    access: read,
    query: ListQuery,
    answers: {
      200: { description: 'A page of images.', body: pageOf(Image).extend({ total: z.int().optional() }) },
    },
  },
  getImage: {
    method: 'get',
    path: '/images/:id',
    tag,
    summary: 'One image',
    access: read,
    params: IdParams,
    answers: { 200: { description: 'The image.', body: Image } },
  },
  changeImage: {
    method: 'patch',
    path: '/images/:id',
    tag,
    summary: 'Edit title, SKU, product group or tags',
    access: write,
    params: IdParams,
    body: ImageChange,
    guarded: true,
    answers: { 200: { description: 'The image as it is now.', body: Image } },
    problems: ['conflict', 'storage_full'],
  },
  trashImage: {
    method: 'delete',
    path: '/images/:id',
    tag,
    summary: 'Move to the trash, or remove for good',
    access: write,
    params: IdParams,
    query: z.strictObject({
      purge: flag.optional().describe('true: remove it with its versions, for good. It must be in the trash already.'),
    }),
    guarded: true,
    answers: { 204: NoContent },
    problems: ['conflict', 'invalid_transition', 'storage_full'],
  },
  restoreImage: {
    method: 'post',
    path: '/images/:id/restore',
    tag,
    summary: 'Take out of the trash',
    access: write,
    params: IdParams,
    guarded: true,
    answers: { 200: { description: 'The image as it is now.', body: Image } },
    problems: ['conflict', 'storage_full'],
  },
  bulkChangeImages: {
    method: 'post',
    path: '/images/bulk',
    tag,
    summary: 'Change many images at once',
    description:
      'Doing it twice changes nothing more. Each image has its own fate; what is not yours counts as failed.',
    access: write,
    body: BulkChange,
    idempotent: true,
    answers: { 200: { description: 'What became of them.', body: BulkResult } },
    problems: ['not_found', 'conflict', 'invalid_transition', 'storage_full'],
  },
  getFacts: {
    method: 'get',
    path: '/images/:id/facts',
    tag,
    summary: 'What the original says about itself: format, colours, EXIF',
    description: 'EXIF is an allow-list and never holds a place.',
    access: read,
    params: IdParams,
    answers: { 200: { description: 'The facts.', body: z.looseObject({}) } },
  },
});
