import { expect, test } from 'vitest';
import { actionsFor } from '../../../../frontend/src/features/batches/actions.ts';
import { aBatch } from './a-batch.ts';

const over = { waiting: 0, running: 0 };

test.each([
  ['running', aBatch(), 'pause', ['retry', 'results', 'table', 'cancel']],
  ['paused', aBatch({ state: 'paused' }), 'resume', ['retry', 'results', 'table', 'cancel']],
  [
    'ended with failures',
    aBatch({ state: 'partial', counts: { ...over, done: 8, failed: 2 } }),
    'retry',
    ['results', 'table', 'remove'],
  ],
  [
    'ended with nothing but mistakes',
    aBatch({ state: 'partial', counts: { ...over, done: 8, failed: 2 }, retryable: 0 }),
    'results',
    ['table', 'remove'],
  ],
  ['ended well', aBatch({ state: 'done', counts: { ...over, done: 10, failed: 0 } }), 'results', ['table', 'remove']],
  ['cancelled: what failed is not tried again', aBatch({ state: 'cancelled' }), 'results', ['table', 'remove']],
  ['being listed', aBatch({ state: 'preparing', total: 0, counts: { ...over, done: 0, failed: 0 } }), undefined, []],
  [
    'never begun',
    aBatch({ state: 'failed', total: 0, counts: { ...over, done: 0, failed: 0 } }),
    undefined,
    ['remove'],
  ],
])('%s: one thing first, the others after it', (_, batch, first, others) => {
  expect(actionsFor(batch)).toEqual({ first, others });
});
