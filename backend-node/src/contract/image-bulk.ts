/** One change to many images. */
import { z } from 'zod';
import { Id } from './common.ts';
import { PICK, PICKS_ONE, picksOne } from './image-filter.ts';
import { IMAGE_TEXTS, Tags } from './tags.ts';

const change = <A extends string, S extends z.ZodRawShape>(action: A, shape: S) =>
  z.strictObject({ ...PICK, action: z.literal(action), ...shape });

export const BulkChange = z
  .discriminatedUnion('action', [
    change('tag', { tags: Tags }),
    change('untag', { tags: Tags }),
    change('set', {
      title: IMAGE_TEXTS.title.optional(),
      sku: IMAGE_TEXTS.sku.optional(),
      product_group: IMAGE_TEXTS.product_group.optional(),
    }),
    change('trash', {}),
    change('restore', {}),
    change('purge', {}),
    change('add_album', { album: Id }),
    change('remove_album', { album: Id }),
  ])
  .refine(picksOne, PICKS_ONE);
export type BulkChange = z.output<typeof BulkChange>;

export const BulkResult = z.object({
  changed: z.int(),
  unchanged: z.int().describe('They were so already.'),
  failed: z.array(z.object({ id: Id, code: z.string(), detail: z.string() })).describe('At most the first 1000.'),
});
export type BulkResult = z.infer<typeof BulkResult>;
