import { expect, test } from 'vitest';
import { choiceOf, countIn, picturesOf } from '../../../../frontend/src/lib/data/batch-pictures.ts';

const ids = (count: number): string[] => Array.from({ length: count }, (_, at) => `id-${at}`);
const QUERY = { q: 'mug', sort: 'uploaded_at', order: 'desc' } as const;

test('what was selected is sent by id, in the order it was seen', () => {
  const some = ids(1500);
  expect(choiceOf(picturesOf(some, QUERY, false))).toEqual({ ids: some });
});

test('all of a long list is sent as what finds it', () => {
  const pictures = picturesOf(ids(1001), QUERY, true);
  expect(choiceOf(pictures)).toEqual({ filter: { q: 'mug' } });
  expect(countIn(pictures)).toBe(1001);
});

test('all of a short list is sent by id: what comes in meanwhile is not meant', () => {
  expect(choiceOf(picturesOf(ids(1000), QUERY, true))).toEqual({ ids: ids(1000) });
});
