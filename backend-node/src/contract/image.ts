/** An Image as every route shows it. `Image.parse(row)` makes one from a stored row: what is not listed stays behind. */
import { z } from 'zod';
import { Id, Revision, Time } from './common.ts';

export const Image = z
  .object({
    id: Id,
    revision: Revision,
    name: z.string().describe('Name of the uploaded file. Show it as text, never as markup.'),
    title: z.string(),
    sku: z.string(),
    product_group: z.string(),
    tags: z.array(z.string()).readonly(),
    objects: z.array(z.string()).readonly().describe('Labels that object recognition found.'),
    albums: z.array(Id).readonly(),
    state: z.enum(['active', 'trashed']),
    review_state: z.string().describe('Of the current version; "original" where there is none.'),
    score: z.number().describe('Quality of the current version, 0 to 100; -1 where none was measured.'),
    uploaded_at: Time,
    trashed_at: z.union([Time, z.literal('')]),
    format: z.string(),
    bytes: z.int(),
    width: z.int().describe('Pixels, once upright.'),
    height: z.int().describe('Pixels, once upright.'),
    blob: z.string().describe('sha256 of the original.'),
    thumbhash: z.string().describe('A blurred picture in about 28 bytes, base64.'),
    shown: z
      .object({ width: z.int(), height: z.int(), thumbhash: z.string() })
      .describe('Of the picture shown: the current version, or the original where there is none.'),
    current_version: z.union([Id, z.literal('')]).describe('The version shown and exported; empty: the original.'),
    versions: z.int().describe('How many versions there are.'),
  })
  .meta({ id: 'Image' });
export type Image = z.infer<typeof Image>;
