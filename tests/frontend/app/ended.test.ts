import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { endOf } from '../../../frontend/src/app/ended.ts';
import { keys } from '../../../frontend/src/lib/data/keys.ts';
import { aBatch, BATCH_ID } from '../features/batches/a-batch.ts';

function knowing(): QueryClient {
  const client = new QueryClient();
  client.setQueryData(keys.batches(), { pages: [{ items: [aBatch()], nextCursor: null }], pageParams: [''] });
  return client;
}

const heard = (action: string, details: object) => ({
  action,
  event: { action, target: BATCH_ID, at: '2026-09-01T10:00:00.000Z', details: { ...details } },
});

test('a batch that ended is told of by its name and how it went', () => {
  const counts = { waiting: 0, running: 0, done: 10, failed: 0 };
  const path = `/batches/${BATCH_ID}`;
  expect(endOf(knowing(), heard('batch.ended', { counts }))).toEqual({
    message: 'Done: Autumn shoes',
    path,
  });
  expect(endOf(knowing(), heard('batch.ended', { counts: { ...counts, done: 7, failed: 3 } }))?.message).toBe(
    'Autumn shoes: 7 done, 3 failed',
  );
});

test('nothing is told of other news, nor of what is not known here', () => {
  expect(endOf(knowing(), heard('batch.paused', {}))).toBeUndefined();
  expect(endOf(new QueryClient(), heard('batch.ended', {}))).toBeUndefined();
});
