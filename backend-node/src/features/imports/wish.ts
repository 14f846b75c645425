/** What an import keeps of what was asked for: of all its pictures, and of one. */
import { z } from 'zod';

export const JobWish = z.object({
  tags: z.array(z.string()),
  /** '' for none. */
  album: z.string(),
  /** What is done with the pictures once all have come; the id its batch has or will have. */
  process: z.looseObject({ by_product_group: z.boolean() }).nullable(),
  batch: z.string(),
});
export type JobWish = z.infer<typeof JobWish>;

export const ItemWish = z.object({
  url: z.string(),
  sku: z.string(),
  product_group: z.string(),
  image_type: z.string(),
  /** Of the spreadsheet. */
  row: z.int().nullable(),
});
export type ItemWish = z.infer<typeof ItemWish>;
