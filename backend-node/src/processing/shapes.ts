/** What pyservice answers, as far as the gateway looks into it. Everything else is passed on as it came. */
import { z } from 'zod';

export const About = z.looseObject({
  version: z.string(),
  max_bytes: z.int().positive(),
  max_pixels: z.int().positive(),
  max_archive_bytes: z.int().positive(),
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

/** A picture from outside: its last address, and what it may be called. */
export const Fetched = Ingested.extend({ fetched: z.object({ url: z.string(), name: z.string() }) });
export type Fetched = z.infer<typeof Fetched>;

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

/** Why a picture of many failed. */
const Failure = z.object({ code: z.string(), status: z.int(), detail: z.string() });

/** One picture of a batch, done. row: what it tells result.csv. */
export const ChunkLine = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('done'),
    key: z.string(),
    rendered: Rendered,
    row: z.looseObject({ review_state: z.string() }),
    elapsed_ms: z.number(),
  }),
  z.object({ status: z.literal('failed'), key: z.string(), problem: Failure, retry: z.boolean() }),
]);
export type ChunkLine = z.infer<typeof ChunkLine>;

/** Which picture gets which row of a spreadsheet. at: its place among the names; null where no picture is meant. */
export const WorklistLine = z.object({
  at: z.int().nullable(),
  filename: z.string(),
  row: z.int().nullable(),
  overrides: z.record(z.string(), z.record(z.string(), z.unknown())),
  preset: z.string().nullable(),
  sku: z.string(),
  product_group: z.string(),
  /** How its results are called, without the ending. */
  stem: z.string(),
  problem: z.string(),
});
export type WorklistLine = z.infer<typeof WorklistLine>;

/** A row of a table of addresses. problem: '' where it can be done. */
export const LinkLine = z.object({
  row: z.int(),
  url: z.string(),
  sku: z.string(),
  product_group: z.string(),
  image_type: z.string(),
  problem: z.string(),
});
export type LinkLine = z.infer<typeof LinkLine>;

/** A member of a zip. table: the base64 of a spreadsheet that lies beside the pictures. */
export const ArchiveLine = z.discriminatedUnion('status', [
  z.object({ status: z.literal('taken'), name: z.string(), blob: Ingested }),
  z.object({ status: z.literal('failed'), name: z.string(), problem: Failure }),
  z.object({ status: z.literal('table'), name: z.string(), table: z.string() }),
]);
export type ArchiveLine = z.infer<typeof ArchiveLine>;

export const Delivered = z.object({ status: z.int(), elapsed_ms: z.number() });
export type Delivered = z.infer<typeof Delivered>;

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
