/** What a batch keeps of what was asked for: of all its pictures, and of one. */
import { z } from 'zod';

const Doing = z.union([z.strictObject({ preset: z.string() }), z.strictObject({ recipe: z.looseObject({}) })]);
/** What to render: the name of a preset, or a recipe. */
export type Doing = z.infer<typeof Doing>;

const Overrides = z.record(z.string(), z.record(z.string(), z.unknown()));
export type Overrides = z.infer<typeof Overrides>;

export const JobWish = z.object({
  doing: Doing,
  /** Of the preset or the saved recipe; '' for a recipe of its own. */
  preset: z.string(),
  overrides: Overrides,
  channels: z.array(z.string()),
  current: z.boolean(),
  by_product_group: z.boolean(),
  /** By name of product group. */
  groups: z.record(z.string(), z.object({ doing: Doing, preset: z.string() })),
  /** Where people are shown what it is about. */
  covers: z.array(z.string()),
});
export type JobWish = z.infer<typeof JobWish>;

export const ItemWish = z.object({
  overrides: Overrides.default({}),
  /** Of the spreadsheet: instead of the batch's. */
  preset: z.string().default(''),
  sku: z.string().default(''),
  product_group: z.string().default(''),
  row: z.int().nullable().default(null),
  /** How its results are called, without the ending. */
  stem: z.string().default(''),
});
export type ItemWish = z.infer<typeof ItemWish>;

/** What is done with one picture, and how that is called. */
export function doingOf(job: JobWish, item: ItemWish): { readonly doing: Doing; readonly preset: string } {
  if (item.preset !== '') return { doing: { preset: item.preset }, preset: item.preset };
  const { by_product_group, groups } = job;
  const group = by_product_group && Object.hasOwn(groups, item.product_group) ? groups[item.product_group] : undefined;
  return group ?? { doing: job.doing, preset: job.preset };
}

/** Both as one: the picture's own values win. */
export function merged(all: Overrides, own: Overrides): Overrides {
  const result: Record<string, Record<string, unknown>> = { ...all };
  for (const [operation, values] of Object.entries(own)) result[operation] = { ...result[operation], ...values };
  return result;
}
