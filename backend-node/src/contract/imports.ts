/** Imports: pictures fetched from addresses, listed by hand, in a spreadsheet or by a program. */
import { z } from 'zod';
import { Id, IdParams, PageQuery, pageOf } from './common.ts';
import { ITEM_FIELDS, ITEM_QUERY, itemsOf, JOB_FIELDS, JOB_NAME, JOB_PROBLEMS, MOST_ITEMS } from './jobs.ts';
import { isOneWish, ONE_WISH, wishFields } from './recipe-wish.ts';
import { routes } from './route.ts';
import { IMAGE_TEXTS, Tags } from './tags.ts';

export const Import = z
  .object({
    ...JOB_FIELDS,
    fresh: z.int().describe('Pictures that were not in the gallery before, of those that are done.'),
    batch: z.union([Id, z.literal('')]).describe('The batch that began when it ended; empty where none did.'),
  })
  .meta({ id: 'Import' });
export type Import = z.infer<typeof Import>;

export const ImportItem = z
  .object({
    ...ITEM_FIELDS,
    image_type: z.string(),
    duplicate: z.boolean().describe('The same bytes were in the gallery already.'),
  })
  .meta({ id: 'ImportItem' });
export type ImportItem = z.infer<typeof ImportItem>;

/** Judged row by row: a bad one fails alone. */
const Row = z.looseObject({
  image_url: z.string().max(10_000),
  sku_id: z.string().max(1000).optional(),
  product_group_id: z.string().max(1000).optional(),
  image_type: z.string().max(1000).optional().describe('main, detail, … Becomes a tag.'),
});

export const ImportWish = z
  .strictObject({
    name: JOB_NAME.optional(),
    urls: z.array(z.string().max(10_000)).min(1).max(MOST_ITEMS).optional().describe('Addresses and nothing else.'),
    rows: z.array(Row).min(1).max(MOST_ITEMS).optional(),
    table: z
      .base64()
      .max(48_000_000)
      .optional()
      .describe('A spreadsheet (CSV) in base64: image_url, sku_id, product_group_id, image_type.'),
    tags: Tags.optional().describe('Of new pictures.'),
    album: Id.optional().describe('An album of yours that takes the pictures.'),
    sku: IMAGE_TEXTS.sku.optional().describe('Of pictures whose row says none.'),
    product_group: IMAGE_TEXTS.product_group.optional().describe('Of pictures whose row says none.'),
    process: z
      .strictObject({ ...wishFields, by_product_group: z.boolean().default(false) })
      .refine(isOneWish, ONE_WISH)
      .optional()
      .describe('What is done with them once all have come: a batch.'),
  })
  .refine(({ urls, rows, table }) => [urls, rows, table].filter((each) => each !== undefined).length === 1, {
    error: 'Expected exactly one of urls, rows and table',
  });
export type ImportWish = z.output<typeof ImportWish>;

const read = { scope: 'images:read' } as const;
const write = { scope: 'images:write' } as const;
const tag = 'imports';
const now = { 200: { description: 'The import as it is now.', body: Import } };

export const importsRoutes = routes({
  createImport: {
    method: 'post',
    path: '/imports',
    tag,
    summary: 'Fetch pictures from addresses',
    description:
      'Public http and https addresses only. Each row has its own fate; what is in the gallery already is recognised by its bytes.',
    access: write,
    body: ImportWish,
    most_bytes: 64_000_000,
    idempotent: true,
    answers: {
      202: {
        description: 'The import; it goes on by itself.',
        body: Import,
        headers: { Location: 'Address of the import.' },
      },
    },
    problems: ['not_found', 'invalid_recipe', 'invalid_table', 'conflict', 'storage_full', 'processing_unavailable'],
  },
  importTemplate: {
    method: 'get',
    path: '/imports/template.csv',
    tag,
    summary: 'A spreadsheet to fill in',
    access: { scope: 'images:read', cookie: true },
    answers: { 200: { description: 'Headings and an example row.', media: ['text/csv'] } },
  },
  listImports: {
    method: 'get',
    path: '/imports',
    tag,
    summary: 'Your imports, newest first',
    access: read,
    query: PageQuery,
    answers: { 200: { description: 'A page of imports.', body: pageOf(Import) } },
  },
  getImport: {
    method: 'get',
    path: '/imports/:id',
    tag,
    summary: 'One import',
    access: read,
    params: IdParams,
    answers: now,
  },
  listImportItems: {
    method: 'get',
    path: '/imports/:id/items',
    tag,
    summary: 'The rows of an import, and what became of them',
    access: read,
    params: IdParams,
    query: z.strictObject({
      ...ITEM_QUERY,
      fate: z.enum(['created', 'duplicate']).optional().describe('Only those that were new, or known already.'),
    }),
    answers: { 200: { description: 'Some of them, by number.', body: itemsOf(ImportItem) } },
  },
  cancelImport: {
    method: 'post',
    path: '/imports/:id/cancel',
    tag,
    summary: 'End it here',
    description: 'What has come stays.',
    access: write,
    params: IdParams,
    answers: now,
    problems: JOB_PROBLEMS,
  },
  retryImport: {
    method: 'post',
    path: '/imports/:id/retry-failed',
    tag,
    summary: 'Try the failed rows once more',
    access: write,
    params: IdParams,
    idempotent: true,
    body: z.strictObject({}).default({}),
    answers: now,
    problems: JOB_PROBLEMS,
  },
  deleteImport: {
    method: 'delete',
    path: '/imports/:id',
    tag,
    summary: 'Take an import that has ended off the list',
    description: 'Its pictures stay.',
    access: write,
    params: IdParams,
    answers: { 204: { description: 'Done.' } },
    problems: JOB_PROBLEMS,
  },
});
