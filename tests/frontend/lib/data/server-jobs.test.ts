import { expect, test } from 'vitest';
import { isHeldUp, isOpenJob, overOf, partOf } from '../../../../frontend/src/lib/data/server-jobs.ts';
import { aBatch } from '../../features/batches/a-batch.ts';

test('failed pictures are over as well', () => {
  expect(overOf(aBatch())).toBe(3);
  expect(partOf(aBatch())).toBeCloseTo(0.3);
});

test('without pictures it is at its beginning while it is listed, and at its end afterwards', () => {
  const none = { total: 0, counts: { waiting: 0, running: 0, done: 0, failed: 0 } };
  expect(partOf(aBatch({ ...none, state: 'preparing' }))).toBe(0);
  expect(partOf(aBatch({ ...none, state: 'failed' }))).toBe(1);
});

test.each([
  ['preparing', true],
  ['running', true],
  ['paused', true],
  ['done', false],
  ['partial', false],
  ['failed', false],
  ['cancelled', false],
] as const)('%s: it goes on: %s', (state, open) => {
  expect(isOpenJob(aBatch({ state }))).toBe(open);
});

test('only what runs is held up; what could not begin has ended', () => {
  const trouble = { code: 'storage_full', detail: 'No room' };
  expect(isHeldUp(aBatch({ trouble }))).toBe(true);
  expect(isHeldUp(aBatch({ trouble, state: 'failed' }))).toBe(false);
  expect(isHeldUp(aBatch())).toBe(false);
});
