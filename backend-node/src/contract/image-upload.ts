/** How pictures come in. */
import { z } from 'zod';
import { Id } from './common.ts';
import { Image } from './image.ts';
import { Problem, type ProblemCode } from './problems.ts';
import { IMAGE_TEXTS, TagText } from './tags.ts';

export const MOST_FILES = 2000;

/** What is written on every image of an upload. */
export const UPLOAD_FIELDS = {
  tags: TagText.optional().describe('Separated by commas.'),
  album: Id.optional().describe('An album of yours that takes the pictures, those that were known already as well.'),
  sku: IMAGE_TEXTS.sku.optional(),
  product_group: IMAGE_TEXTS.product_group.optional(),
} as const;

export const UploadFields = z.strictObject(UPLOAD_FIELDS);
export type UploadFields = z.output<typeof UploadFields>;

const bytes = () => z.string().meta({ format: 'binary' });

export const UPLOAD_BODIES = {
  'multipart/form-data': z.strictObject({
    ...UPLOAD_FIELDS,
    file: z
      .array(bytes())
      .max(MOST_FILES)
      .describe(`One or more files, at most ${MOST_FILES}, after the other fields.`),
  }),
  'application/octet-stream': bytes(),
  'image/*': bytes(),
} as const;

export const UploadItem = z.object({
  name: z.string(),
  status: z
    .enum(['created', 'duplicate', 'failed'])
    .describe('duplicate: the same bytes were there; out of the trash again if need be.'),
  image: Image.optional(),
  problem: Problem.optional().describe('Why it failed.'),
});
export type UploadItem = z.infer<typeof UploadItem>;

export const Upload = z.object({ items: z.array(UploadItem).describe('In the order of the files.') });

/** Of whatever takes pictures in. */
export const UPLOAD_ANSWERS = {
  200: { description: 'All of them were known.', body: Upload },
  201: { description: 'At least one is new.', body: Upload },
} as const;

/** What may be wrong with a picture, or with the place for it. */
export const TAKING_IN = [
  'not_found',
  'conflict',
  'image_too_large',
  'unsupported_format',
  'broken_image',
  'decode_limit',
  'too_busy',
  'processing_unavailable',
  'storage_full',
] as const satisfies readonly ProblemCode[];
