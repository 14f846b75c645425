import { expect, test } from 'vitest';
import { clashing } from '../../../../frontend/src/features/image/change.ts';
import { anImage } from './an-image.ts';

const read = anImage({ title: 'Mug', sku: 'A-1', tags: ['cup'] });

test('a change of another field is no clash', () => {
  expect(clashing(read, { ...read, revision: 2, sku: 'A-2' }, { title: 'Red mug' })).toEqual([]);
});

test('the same field changed by both is a clash', () => {
  expect(clashing(read, { ...read, title: 'Blue mug' }, { title: 'Red mug' })).toEqual(['title']);
});

test('both wrote the same: no clash', () => {
  expect(clashing(read, { ...read, title: 'Red mug' }, { title: 'Red mug' })).toEqual([]);
});

test('tags are compared by what they say', () => {
  expect(clashing(read, { ...read, tags: ['cup'] }, { tags: ['cup', 'red'] })).toEqual([]);
  expect(clashing(read, { ...read, tags: ['cup', 'blue'] }, { tags: ['cup', 'red'] })).toEqual(['tags']);
});
