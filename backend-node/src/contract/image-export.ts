/** Taking images away: tables and archives. */
import { z } from 'zod';
import { Image } from './image.ts';
import { IMAGE_FILTER, IMAGE_ORDER, PICK, PICKS_ONE, picksOne } from './image-filter.ts';
import { routes } from './route.ts';

const tag = 'export';
const access = { scope: 'images:read', cookie: true } as const;

export const ExportQuery = z.strictObject({ ...IMAGE_FILTER, ...IMAGE_ORDER });

export const ZipWish = z
  .strictObject({
    ...PICK,
    variant: z
      .enum(['version', 'original', 'thumb'])
      .default('version')
      .describe('version: the current one; the original where there is none.'),
    masks: z.boolean().default(false).describe('Add the mask of each current version.'),
  })
  .refine(picksOne, PICKS_ONE);
export type ZipWish = z.output<typeof ZipWish>;

/** A line of export.ndjson. */
export const ExportedImage = Image.extend({ facts: z.looseObject({}) });

export const exportRoutes = routes({
  exportCsv: {
    method: 'get',
    path: '/images/export.csv',
    tag,
    summary: 'A table of images',
    description: 'RFC 4180, UTF-8. A cell that a spreadsheet would take for a formula begins with an apostrophe.',
    access,
    query: ExportQuery,
    answers: { 200: { description: 'The table.', media: ['text/csv'] } },
  },
  exportNdjson: {
    method: 'get',
    path: '/images/export.ndjson',
    tag,
    summary: 'Images, one JSON object a line',
    access,
    query: ExportQuery,
    answers: { 200: { description: 'The images with their facts.', media: ['application/x-ndjson'] } },
  },
  exportZip: {
    method: 'post',
    path: '/images/export.zip',
    tag,
    summary: 'Pictures in an archive',
    description:
      'pictures/, masks/ if wished, and result.csv, which says what became of every image and tells of the file that is in the archive.',
    access: { scope: 'images:read' },
    body: ZipWish,
    answers: { 200: { description: 'The archive.', media: ['application/zip'] } },
    problems: ['not_found', 'too_busy', 'processing_unavailable'],
  },
});
