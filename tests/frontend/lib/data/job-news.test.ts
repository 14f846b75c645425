import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import type { Batch } from '../../../../frontend/src/lib/data/batches.ts';
import { putProgress, refreshItems } from '../../../../frontend/src/lib/data/job-news.ts';
import { keys } from '../../../../frontend/src/lib/data/keys.ts';
import { aBatch, aDoneItem, anItem, BATCH_ID } from '../../features/batches/a-batch.ts';

const counts = { waiting: 0, running: 0, done: 9, failed: 1 };

test('progress shows in the list and on the page of the batch, and nowhere else', () => {
  const client = new QueryClient();
  const other = aBatch({ id: '01JDB0000B0000000000000002' });
  client.setQueryData(keys.batch(BATCH_ID), aBatch());
  client.setQueryData(keys.batches(), { pages: [{ items: [other, aBatch()], nextCursor: null }], pageParams: [''] });
  putProgress(client, 'batches', BATCH_ID, { total: 10, counts });
  expect(client.getQueryData<Batch>(keys.batch(BATCH_ID))?.counts).toEqual(counts);
  const list = client.getQueryData<{ pages: { items: Batch[] }[] }>(keys.batches());
  expect(list?.pages[0]?.items.map((batch) => batch.counts.done)).toEqual([2, 9]);
  expect(list?.pages[0]?.items[0]).toBe(other);
});

test('a list without the batch stays the very list it was', () => {
  const client = new QueryClient();
  const list = { pages: [{ items: [aBatch({ id: 'other' })], nextCursor: null }], pageParams: [''] };
  client.setQueryData(keys.batches(), list);
  putProgress(client, 'batches', BATCH_ID, { counts });
  expect(client.getQueryData(keys.batches())).toBe(list);
  expect(client.getQueryData(keys.batch(BATCH_ID))).toBeUndefined();
});

test('only what is on screen and may move on is read again', async () => {
  const client = new QueryClient();
  const asked: string[] = [];
  const follow = (name: string, id: string, items: readonly object[]) => {
    const queryKey = keys.batchItems(id, { name });
    client.setQueryData(queryKey, { items, next: null });
    const queryFn = () => {
      asked.push(name);
      return { items, next: null };
    };
    return new QueryObserver(client, { queryKey, queryFn, staleTime: Infinity }).subscribe(() => undefined);
  };
  follow('moving', BATCH_ID, [aDoneItem(1), anItem(2)]);
  follow('over', BATCH_ID, [aDoneItem(3), aDoneItem(4)]);
  follow('of another', 'other', [anItem(5)]);
  follow('out of sight', BATCH_ID, [anItem(6)])();
  await refreshItems(client, 'batches', BATCH_ID);
  expect(asked).toEqual(['moving']);
});
