/** Which images: in lists, bulk changes and exports alike. */
import { z } from 'zod';
import { Id, When } from './common.ts';
import { anyOf } from './tags.ts';

/** Each costs a look at every picture that has it. */
const MOST_WORDS = 12;

export const IMAGE_FILTER = {
  q: z
    .string()
    .max(200)
    .refine((text) => text.split(/[^\p{L}\p{N}]+/u, MOST_WORDS + 2).filter(Boolean).length <= MOST_WORDS, {
      error: `Expected at most ${MOST_WORDS} words`,
    })
    .optional()
    .describe('Beginnings of words in name, title, SKU, product group, tags or objects; each of them must be there.'),
  tag: anyOf('As it is written.').optional(),
  sku: z.string().max(100).optional(),
  product_group: z.string().max(100).optional(),
  object: anyOf('What object recognition found.').optional(),
  album: Id.optional(),
  state: z.enum(['active', 'trashed']).default('active'),
  review: anyOf('Review state of the current version; original where there is none.').optional(),
  format: anyOf('jpeg, png, webp, …').optional(),
  from: When.optional().describe('Uploaded then or later: a date or a time.'),
  to: When.optional().describe('Uploaded before: a date or a time.'),
} as const;

export const ImageFilter = z.strictObject(IMAGE_FILTER);
export type ImageFilter = z.output<typeof ImageFilter>;

export const IMAGE_ORDER = {
  sort: z.enum(['uploaded_at', 'name', 'bytes', 'score', 'sku']).default('uploaded_at'),
  order: z.enum(['asc', 'desc']).default('desc'),
} as const;

/** Some by their ids, or all that a filter finds: one of both. */
export const PICK = {
  ids: z.array(Id).min(1).max(1000).optional(),
  filter: ImageFilter.optional(),
} as const;
export type Pick = { readonly ids?: readonly string[] | undefined; readonly filter?: ImageFilter | undefined };

export const picksOne = ({ ids, filter }: Pick): boolean => (ids === undefined) !== (filter === undefined);
export const PICKS_ONE = 'Expected either ids or a filter';
