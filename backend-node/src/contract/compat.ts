/** Addresses of earlier programs below /api/v1. Thin: each does what the routes of images, versions, imports and batches do. */
import { z } from 'zod';
import { Batch, BEGINNING } from './batches.ts';
import { Id, IdParams, line } from './common.ts';
import { TAKING_IN } from './image-upload.ts';
import { Import } from './imports.ts';
import { MOST_ITEMS } from './jobs.ts';
import { routes } from './route.ts';
import { IMAGE_TEXTS } from './tags.ts';
import { RENDERING } from './work-problems.ts';

const MODE = z
  .string()
  .min(1)
  .max(100)
  .default('auto')
  .describe('Name of a shipped recipe: auto, full, sharpen, denoise, upscale, optimize, … (GET /presets)');
const sizeOf = (shape: z.ZodNumber | z.ZodCoercedNumber) =>
  shape.int().min(1).max(100_000).optional().describe('At most so large is the result, in units of 1000 bytes.');

/** What shall be done to a picture. */
const DOING = {
  mode: MODE,
  remove_background: z.boolean().default(false).describe('Cut the product out, on white unless the mode says another.'),
  target_size_kb: sizeOf(z.number()),
} as const;

const OWN = { sku_id: IMAGE_TEXTS.sku.optional(), product_group_id: IMAGE_TEXTS.product_group.optional() } as const;

/** As forms write it. */
const yes = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['true', 'false', '1', '0', 'yes', 'no', 'on', 'off']))
  .transform((text) => ['true', '1', 'yes', 'on'].includes(text));

export const EnhanceFields = z.strictObject({
  ...DOING,
  remove_background: yes.default(false),
  target_size_kb: sizeOf(z.coerce.number()),
  ...OWN,
});
export type EnhanceFields = z.output<typeof EnhanceFields>;

const Enhanced = z.object({
  image_id: Id,
  version_id: Id,
  url: z.string().describe('Where the result is, for whoever may see your pictures.'),
  duplicate: z.boolean().describe('The same bytes were in the gallery already.'),
  mode: z.string(),
  width: z.int(),
  height: z.int(),
  bytes: z.int(),
  mime: z.string(),
  quality_before: z.number().nullable().describe('0 to 100.'),
  quality: z.number().nullable().describe('Of the result, 0 to 100.'),
  review_state: z.string(),
  warnings: z.array(z.string()).readonly(),
});
export type Enhanced = z.infer<typeof Enhanced>;

const ROW = {
  sku_id: z.string().max(1000).optional(),
  product_group_id: z.string().max(1000).optional(),
  image_type: z.string().max(1000).optional().describe('main, detail, … Becomes a tag.'),
} as const;
const address = z.string().max(10_000);

/** One picture, several of one product, or a list. */
export const ImportBody = z
  .strictObject({
    ...ROW,
    image_url: address.optional(),
    image_urls: z.array(address).min(1).max(MOST_ITEMS).optional().describe('Several of one product.'),
    items: z
      .array(z.strictObject({ image_url: address, ...ROW }))
      .min(1)
      .max(MOST_ITEMS)
      .optional()
      .describe('Rows; what they leave open is taken from above.'),
  })
  .refine(
    ({ image_url, image_urls, items }) =>
      [image_url, image_urls, items].filter((each) => each !== undefined).length === 1,
    { error: 'Expected exactly one of image_url, image_urls and items' },
  );
export type ImportBody = z.output<typeof ImportBody>;

export const BatchBody = z
  .strictObject({
    ...DOING,
    sku_id: line(100).min(1).optional().describe('All pictures of this SKU.'),
    image_ids: z.array(Id).min(1).max(MOST_ITEMS).optional(),
  })
  .refine(({ sku_id, image_ids }) => (sku_id === undefined) !== (image_ids === undefined), {
    error: 'Expected either sku_id or image_ids',
  });
export type BatchBody = z.output<typeof BatchBody>;

const KEEPING = [...new Set([...TAKING_IN, ...RENDERING, 'forbidden', 'invalid_transition'] as const)];
const write = { scope: 'images:write' } as const;
const work = { scope: 'process' } as const;
const allowance = 'Images may be written, and worked on: a key needs the scopes images:write and process.';
const tag = 'compatibility';
const enhanced = {
  201: { description: 'The picture is in the gallery, the result is its current version.', body: Enhanced },
};

export const compatRoutes = routes({
  enhanceUrl: {
    method: 'post',
    path: '/enhance/url',
    tag,
    summary: 'Fetch a picture, keep it, and make it better',
    access: write,
    allowance,
    body: z.strictObject({ url: z.string().min(1).max(10_000), ...DOING, ...OWN }),
    idempotent: true,
    answers: enhanced,
    problems: [...KEEPING, 'blocked_address', 'fetch_failed'],
  },
  enhanceUpload: {
    method: 'post',
    path: '/enhance/upload',
    tag,
    summary: 'Keep a picture that is sent, and make it better',
    access: write,
    allowance,
    stream: {
      'multipart/form-data': z.looseObject({
        file: z.string().meta({ format: 'binary' }),
        mode: z.string().optional(),
        remove_background: z.string().optional(),
        target_size_kb: z.string().optional(),
        sku_id: z.string().optional(),
        product_group_id: z.string().optional(),
      }),
    },
    idempotent: true,
    answers: enhanced,
    problems: [...KEEPING, 'upload_stalled'],
  },
  importPictures: {
    method: 'post',
    path: '/import',
    tag,
    summary: 'Fetch pictures of products: as POST /imports',
    access: write,
    body: ImportBody,
    most_bytes: 64_000_000,
    idempotent: true,
    answers: {
      202: { description: 'The import; it goes on by itself.', body: Import, headers: { Location: 'Its address.' } },
    },
    problems: ['conflict', 'storage_full', 'processing_unavailable'],
  },
  createOldBatch: {
    method: 'post',
    path: '/batch',
    tag,
    summary: 'Work on the pictures of a product: as POST /batches',
    access: work,
    body: BatchBody,
    idempotent: true,
    answers: {
      202: { description: 'The batch; it goes on by itself.', body: Batch, headers: { Location: 'Its address.' } },
    },
    problems: BEGINNING,
  },
  getOldBatch: {
    method: 'get',
    path: '/batch/:id',
    tag,
    summary: 'One batch: as GET /batches/{id}',
    access: { scope: 'images:read' },
    params: IdParams,
    answers: { 200: { description: 'The batch as it is now.', body: Batch } },
  },
});
