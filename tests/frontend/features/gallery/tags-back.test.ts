import { expect, test } from 'vitest';
import { backOf } from '../../../../frontend/src/features/gallery/tags-back.ts';

const images = [
  { id: 'A', tags: ['Shoe', 'red'] },
  { id: 'B', tags: ['red'] },
  { id: 'C', tags: [] },
];

test('takes a tag from those alone that did not have it before, whatever its case', () => {
  expect(backOf(images, ['shoe'], [])).toEqual([{ touched: ['B', 'C'], wish: { action: 'untag', tags: ['shoe'] } }]);
});

test('gives a tag back to those that had it', () => {
  expect(backOf(images, [], ['red', 'blue'])).toEqual([
    { touched: ['A', 'B'], wish: { action: 'tag', tags: ['red'] } },
  ]);
});
