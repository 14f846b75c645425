/** What batches and imports have in common: work that is listed item by item, and goes on whatever dies on the way. */
import { z } from 'zod';
import { Id, line, Revision, Time } from './common.ts';
import type { ProblemCode } from './problems.ts';

export const JOB_STATES = ['preparing', 'running', 'paused', 'done', 'partial', 'failed', 'cancelled'] as const;
export const ITEM_STATES = ['waiting', 'running', 'done', 'failed'] as const;

export const MOST_ITEMS = 100_000;

export const PRIORITIES = ['high', 'normal', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const Counts = z.object({
  waiting: z.int(),
  running: z.int(),
  done: z.int(),
  failed: z.int(),
});

const EndTime = z.union([Time, z.literal('')]);

export const JOB_FIELDS = {
  id: Id,
  revision: Revision,
  name: z.string(),
  state: z
    .enum(JOB_STATES)
    .describe(
      'preparing: its pictures are still being listed. done: all went well; partial: some failed; failed: all did.',
    ),
  priority: z.enum(PRIORITIES),
  total: z.int(),
  counts: Counts,
  retryable: z
    .int()
    .describe('Failed pictures that can be tried again; a row of the spreadsheet with a mistake cannot.'),
  trouble: z
    .object({ code: z.string(), detail: z.string() })
    .nullable()
    .describe('What holds it up at present, or why it could not be prepared. It goes on by itself once that is over.'),
  created_at: Time,
  ended_at: EndTime.describe('Empty while it goes on.'),
  rate_per_s: z.number().nullable().describe('Pictures a second since it began, pauses left out; null where unknown.'),
  left_s: z.number().nullable().describe('Seconds until it is done, at that rate; null where unknown.'),
} as const;

export const ITEM_FIELDS = {
  number: z.int().describe('Its place in the list, from 1.'),
  name: z.string().describe('What the picture is called: its file, or its address.'),
  state: z.enum(ITEM_STATES),
  attempts: z.int().describe('How often it was begun.'),
  sku: z.string(),
  product_group: z.string(),
  row: z.int().nullable().describe('Of the spreadsheet, where it has one; the header is row 1.'),
  image: z.union([Id, z.literal('')]).describe('Empty where there is none.'),
  problem: z.object({ code: z.string(), detail: z.string() }).nullable().describe('Why it failed.'),
  ended_at: EndTime,
} as const;

export const JOB_NAME = line(200).describe('What it is called. Left out: a name is made.');

/** Of items: in the order of their numbers, beginning anywhere. */
export const ITEM_QUERY = {
  state: z.enum(ITEM_STATES).optional(),
  from: z.coerce.number().int().min(1).max(MOST_ITEMS).default(1).describe('The first number wanted.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
} as const;

/** next: the number to go on from; null at the end. */
export const itemsOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.int().nullable().describe('`from` of the next page; null on the last.') });

export const JOB_PROBLEMS = [
  'conflict',
  'invalid_transition',
  'storage_full',
] as const satisfies readonly ProblemCode[];
