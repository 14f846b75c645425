/** What pyservice answers, as far as the gateway looks into it. Everything else is passed on as it came. */
import { z } from 'zod';

export const About = z.looseObject({
  version: z.string(),
  max_bytes: z.int().positive(),
  max_pixels: z.int().positive(),
  concurrency: z.int().positive(),
  queue: z.int().min(0),
  blob_dir: z.string().nullable(),
  disk: z.object({ free_bytes: z.int(), total_bytes: z.int() }).nullable(),
});
export type About = z.infer<typeof About>;

export const Ingested = z.looseObject({
  id: z.string(),
  thumb: z.string(),
  thumbhash: z.string(),
  format: z.string(),
  mime: z.string(),
  bytes: z.int(),
  width: z.int(),
  height: z.int(),
});
export type Ingested = z.infer<typeof Ingested>;

const Sample = z.object({ name: z.string(), sku: z.string() });
export type Sample = z.infer<typeof Sample>;
export const Samples = z.object({ items: z.array(Sample) });

export const Rendered = z.looseObject({
  blob: z.string(),
  mask_blob: z.string().nullable(),
  source_mask_blob: z.string().nullable(),
  thumb: z.string(),
  mime: z.string(),
  width: z.int(),
  height: z.int(),
  bytes: z.int(),
  quality_before: z.number().nullable(),
  quality_after: z.number().nullable(),
  review_state: z.string(),
  elapsed_ms: z.number(),
  cached: z.boolean(),
  recipe: z.looseObject({ steps: z.array(z.looseObject({ operation: z.string() })) }),
});
export type Rendered = z.infer<typeof Rendered>;

/** fixed and recipe are there where a fix was asked for. */
export const Checked = z.looseObject({
  channel: z.string(),
  report: z.looseObject({}),
  recipe: z.looseObject({}).nullable(),
  fixed: z
    .looseObject({ blob: z.string().nullable(), mask_blob: z.string().nullable(), thumb: z.string().nullable() })
    .nullable(),
});
export type Checked = z.infer<typeof Checked>;

export const Judged = z.object({ recipe: z.looseObject({ steps: z.array(z.looseObject({ operation: z.string() })) }) });
export type Judged = z.infer<typeof Judged>;

export const Forgotten = z.looseObject({ derived: z.array(z.string()) });
export const Listed = z.looseObject({ items: z.array(z.looseObject({})) });
export type Listed = z.infer<typeof Listed>;
export const Document = z.looseObject({});
