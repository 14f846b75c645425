/** Batches: one recipe over many images. */
import { z } from 'zod';
import { Id, IdParams, PageQuery, pageOf, RecipeDocument } from './common.ts';
import { ImageFilter } from './image-filter.ts';
import {
  ITEM_FIELDS,
  ITEM_QUERY,
  itemsOf,
  JOB_FIELDS,
  JOB_NAME,
  JOB_PROBLEMS,
  MOST_ITEMS,
  PRIORITIES,
} from './jobs.ts';
import type { ProblemCode } from './problems.ts';
import { isOneWish, ONE_WISH, wishFields } from './recipe-wish.ts';
import { routes } from './route.ts';
import { IMAGE_TEXTS, TagText } from './tags.ts';

export const Batch = z
  .object({
    ...JOB_FIELDS,
    preset: z.string().describe('Name of the preset or saved recipe; empty for a recipe of its own.'),
    by_product_group: z.boolean(),
    channels: z.array(z.string()),
    to_review: z.int().describe('How many results are for a person to look at.'),
    covers: z.array(Id).describe('Some of its images, four at most.'),
  })
  .meta({ id: 'Batch' });
export type Batch = z.infer<typeof Batch>;

export const BatchItem = z
  .object({
    ...ITEM_FIELDS,
    version: z.union([Id, z.literal('')]).describe('What was made of it; empty where nothing was.'),
    review_state: z.string(),
    preset: z.string().describe('Where it is another than the batch’s.'),
    overrides: z.looseObject({}).describe('By operation, then parameter: what is set for this picture alone.'),
    quality_after: z.number().nullable(),
    elapsed_ms: z.number().nullable(),
    warnings: z.string(),
  })
  .meta({ id: 'BatchItem' });
export type BatchItem = z.infer<typeof BatchItem>;

const Overrides = z
  .record(z.string().max(100), z.record(z.string().max(100), z.unknown()))
  .describe('{"adjust": {"brightness": 1.2}, "output": {"quality": 90}}: laid over the recipe of every picture.');

const Channels = z
  .array(z.string().min(1).max(100))
  .max(20)
  .describe('Marketplaces whose rules every result is held against.');

/** What is done with the pictures, however they are chosen. */
const DOING = {
  ...wishFields,
  name: JOB_NAME.optional(),
  overrides: Overrides.optional(),
  channels: Channels.optional(),
  by_product_group: z
    .boolean()
    .default(false)
    .describe('Pictures of a product group that has a preset of its own get that one.'),
  priority: z.enum(PRIORITIES).default('normal'),
  current: z.boolean().default(true).describe('Whether each result becomes the version that is shown.'),
} as const;

export const BatchWish = z
  .strictObject({
    ...DOING,
    ids: z.array(Id).min(1).max(MOST_ITEMS).optional().describe('These images, in this order.'),
    filter: ImageFilter.optional().describe('All images that it finds, oldest first.'),
    items: z
      .array(
        z.strictObject({
          image: Id,
          name: z.string().min(1).max(1000).optional().describe('Path or name that the spreadsheet calls it by.'),
        }),
      )
      .min(1)
      .max(MOST_ITEMS)
      .optional()
      .describe('As ids, with names.'),
    table: z
      .base64()
      .max(48_000_000)
      .optional()
      .describe(
        'A spreadsheet (CSV) in base64: filename, brightness, contrast, sharpness, operation.parameter, sku, product_group, preset.',
      ),
  })
  .refine(isOneWish, ONE_WISH)
  .refine(({ ids, filter, items }) => [ids, filter, items].filter((each) => each !== undefined).length === 1, {
    error: 'Expected exactly one of ids, filter and items',
  });
export type BatchWish = z.output<typeof BatchWish>;

const text = <T extends z.ZodType>(shape: T) =>
  z
    .string()
    .transform((value, context): unknown => {
      try {
        return JSON.parse(value) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'Expected JSON' });
        return z.NEVER;
      }
    })
    .pipe(shape);

const yes = z.enum(['true', 'false']).transform((value) => value === 'true');

/** Fields of the form that a zip comes in. */
export const ZipBatchFields = z
  .strictObject({
    ...wishFields,
    recipe: text(RecipeDocument).optional().describe('JSON.'),
    name: JOB_NAME.optional(),
    overrides: text(Overrides).optional().describe('JSON.'),
    channels: TagText.optional().describe('Separated by commas.'),
    by_product_group: yes.default(false),
    priority: z.enum(PRIORITIES).default('normal'),
    current: yes.default(true),
    tags: TagText.optional().describe('Of new pictures, separated by commas.'),
    album: Id.optional().describe('An album of yours that takes the pictures.'),
    sku: IMAGE_TEXTS.sku.optional(),
    product_group: IMAGE_TEXTS.product_group.optional(),
  })
  .refine(isOneWish, ONE_WISH);
export type ZipBatchFields = z.output<typeof ZipBatchFields>;

const bytes = () => z.string().meta({ format: 'binary' });

export const BATCH_FORM = {
  'multipart/form-data': z.looseObject({
    preset: z.string().optional().describe('And every other field of POST /batches; JSON where it is no text.'),
    csv: bytes().optional().describe('The spreadsheet; before the zip. One inside the zip does as well.'),
    zip: bytes().describe('The pictures, folders kept. After the other fields.'),
  }),
} as const;

/** What may be wrong with a batch that is asked for. */
export const BEGINNING = [
  'not_found',
  'invalid_recipe',
  'invalid_table',
  'conflict',
  'storage_full',
  'too_busy',
  'processing_unavailable',
] as const satisfies readonly ProblemCode[];

const read = { scope: 'images:read' } as const;
const work = { scope: 'process' } as const;
const file = { scope: 'images:read', cookie: true } as const;
const tag = 'batches';
const accepted = {
  202: { description: 'The batch; it goes on by itself.', body: Batch, headers: { Location: 'Address of the batch.' } },
};
const now = { 200: { description: 'The batch as it is now.', body: Batch } };

export const BatchItemQuery = z.strictObject({
  ...ITEM_QUERY,
  review: z.string().max(40).optional().describe('Only results in this review state, needs_review for instance.'),
});

export const batchesRoutes = routes({
  createBatch: {
    method: 'post',
    path: '/batches',
    tag,
    summary: 'Run a recipe over many images',
    description:
      'Answers as soon as the pictures are listed; they are worked on one after the other, whoever is signed in or not. ' +
      'A spreadsheet sets values for single pictures; a row with a mistake fails alone and says what was expected.',
    access: work,
    body: BatchWish,
    most_bytes: 64_000_000,
    idempotent: true,
    answers: accepted,
    problems: BEGINNING,
  },
  createBatchOfZip: {
    method: 'post',
    path: '/batches/zip',
    tag,
    summary: 'Run a recipe over the pictures of a zip, with a spreadsheet if you have one',
    description:
      'The form: preset (or recipe, saved_recipe) and the other fields first, then `csv`, then `zip`. Answers once the zip ' +
      'has arrived and was found sound; the batch is `preparing` while its pictures are taken into the gallery.',
    access: work,
    stream: BATCH_FORM,
    idempotent: true,
    answers: accepted,
    problems: [...BEGINNING, 'broken_archive', 'image_too_large', 'upload_stalled', 'unsupported_media_type'],
  },
  listBatches: {
    method: 'get',
    path: '/batches',
    tag,
    summary: 'Your batches, newest first',
    access: read,
    query: PageQuery,
    answers: { 200: { description: 'A page of batches.', body: pageOf(Batch) } },
  },
  getBatch: {
    method: 'get',
    path: '/batches/:id',
    tag,
    summary: 'One batch',
    access: read,
    params: IdParams,
    answers: now,
  },
  listBatchItems: {
    method: 'get',
    path: '/batches/:id/items',
    tag,
    summary: 'The pictures of a batch, and what became of them',
    access: read,
    params: IdParams,
    query: BatchItemQuery,
    answers: { 200: { description: 'Some of them, by number.', body: itemsOf(BatchItem) } },
  },
  pauseBatch: {
    method: 'post',
    path: '/batches/:id/pause',
    tag,
    summary: 'Begin no more pictures for now',
    access: work,
    params: IdParams,
    answers: now,
    problems: JOB_PROBLEMS,
  },
  resumeBatch: {
    method: 'post',
    path: '/batches/:id/resume',
    tag,
    summary: 'Go on',
    access: work,
    params: IdParams,
    answers: now,
    problems: JOB_PROBLEMS,
  },
  cancelBatch: {
    method: 'post',
    path: '/batches/:id/cancel',
    tag,
    summary: 'End it here',
    description: 'What is done stays. Pictures under way are dropped, and the others stay as they are.',
    access: work,
    params: IdParams,
    answers: now,
    problems: JOB_PROBLEMS,
  },
  retryBatch: {
    method: 'post',
    path: '/batches/:id/retry-failed',
    tag,
    summary: 'Try the failed pictures once more',
    access: work,
    params: IdParams,
    idempotent: true,
    body: z.strictObject({}).default({}),
    answers: now,
    problems: JOB_PROBLEMS,
  },
  deleteBatch: {
    method: 'delete',
    path: '/batches/:id',
    tag,
    summary: 'Take a batch that has ended off the list',
    description: 'Its pictures and their versions stay.',
    access: work,
    params: IdParams,
    answers: { 204: { description: 'Done.' } },
    problems: JOB_PROBLEMS,
  },
  batchCsv: {
    method: 'get',
    path: '/batches/:id/result.csv',
    tag,
    summary: 'What became of every picture, as a table',
    access: file,
    params: IdParams,
    answers: { 200: { description: 'A row per picture.', media: ['text/csv'] } },
  },
  batchZip: {
    method: 'get',
    path: '/batches/:id/result.zip',
    tag,
    summary: 'The results, their masks and result.csv',
    access: file,
    params: IdParams,
    answers: { 200: { description: 'The archive, made while it is sent.', media: ['application/zip'] } },
    problems: ['too_busy', 'processing_unavailable'],
  },
});
