/** A batch and its items for tests, as the gateway tells them. */
import type { Batch, BatchItem } from '../../../../frontend/src/lib/data/batches.ts';

export const BATCH_ID = '01JDB0000B0000000000000001';

/** Where nothing else is said, all that failed can be tried again. */
export const aBatch = (more: Partial<Batch> = {}): Batch => ({
  id: BATCH_ID,
  revision: 1,
  name: 'Autumn shoes',
  state: 'running',
  priority: 'normal',
  total: 10,
  counts: { waiting: 6, running: 1, done: 2, failed: 1 },
  retryable: more.counts?.failed ?? 1,
  trouble: null,
  created_at: '2026-09-01T10:00:00.000Z',
  ended_at: '',
  rate_per_s: 2,
  left_s: 180,
  preset: 'catalog-white',
  by_product_group: false,
  channels: [],
  to_review: 1,
  covers: [],
  ...more,
});

const idOf = (letter: string, number: number): string => `01JDB0000${letter}${String(number).padStart(16, '0')}`;

export const anItem = (number: number, more: Partial<BatchItem> = {}): BatchItem => ({
  number,
  name: `shoes/${number}.jpg`,
  state: 'waiting',
  attempts: 0,
  sku: '',
  product_group: '',
  row: null,
  image: idOf('0', number),
  problem: null,
  ended_at: '',
  version: '',
  review_state: '',
  preset: '',
  overrides: {},
  quality_after: null,
  elapsed_ms: null,
  warnings: '',
  ...more,
});

export const aDoneItem = (number: number, more: Partial<BatchItem> = {}): BatchItem =>
  anItem(number, { state: 'done', version: idOf('V', number), review_state: 'auto_approved', ...more });

export const aFailedItem = (number: number, more: Partial<BatchItem> = {}): BatchItem =>
  anItem(number, { state: 'failed', attempts: 1, problem: { code: 'broken_image', detail: 'No' }, ...more });
