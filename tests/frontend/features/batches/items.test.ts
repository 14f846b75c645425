import { expect, test } from 'vitest';
import { itemIn, PAGE, pagesOf } from '../../../../frontend/src/features/batches/items.ts';
import { aDoneItem } from './a-batch.ts';

test.each([
  ['the first screen', { first: 0, last: 30 }, 50_000, [0]],
  ['over the edge of a page', { first: PAGE - 10, last: PAGE + 10 }, 50_000, [0, 1]],
  ['far down', { first: 43_210, last: 43_330 }, 50_000, [432, 433]],
  ['the end, beyond what there is', { first: 240, last: 999 }, 250, [2]],
  ['nothing in sight', { first: 0, last: -1 }, 250, []],
  ['nothing there', { first: 0, last: 10 }, 0, []],
])('asks only for the pages in sight: %s', (_, span, count, pages) => {
  expect(pagesOf(span, count)).toEqual(pages);
});

test('an item is found by its number, wherever in its page it came', () => {
  const items = Array.from({ length: PAGE }, (_, at) => aDoneItem(PAGE + at + 1));
  expect(itemIn({ items, next: null }, PAGE + 4)?.number).toBe(PAGE + 5);
  const gap = items.filter(({ number }) => number !== PAGE + 2);
  expect(itemIn({ items: gap, next: null }, PAGE + 4)?.number).toBe(PAGE + 5);
  expect(itemIn({ items: gap, next: null }, PAGE + 1)).toBeUndefined();
  expect(itemIn(undefined, 3)).toBeUndefined();
});
