import { expect, test } from 'vitest';
import { finestOf, ratioOf, stemOf } from '../../../../frontend/src/features/shares/shared-picture.ts';

test('the version is looked at where there is one', () => {
  expect(finestOf({ name: 'a.jpg', variants: ['thumb', 'version', 'original'] })).toBe('version');
});

test('an original is looked at where it is shared and browsers show it', () => {
  expect(finestOf({ name: 'a.JPG', variants: ['thumb', 'original'] })).toBe('original');
  expect(finestOf({ name: 'a.heic', variants: ['thumb', 'original'] })).toBe('thumb');
  expect(finestOf({ name: 'a.jpg', variants: ['thumb'] })).toBe('thumb');
});

test('very long and very tall pictures keep a place of a sensible shape', () => {
  expect(ratioOf(10_000, 100)).toBe(2.5);
  expect(ratioOf(100, 10_000)).toBe(0.5);
  expect(ratioOf(3, 2)).toBe(1.5);
});

test('a picture of unknown size has a square place', () => {
  expect(ratioOf(0, 0)).toBe(1);
});

test('a saved version is not called by the ending of the original', () => {
  expect(stemOf('shoe.v2.heic')).toBe('shoe.v2');
  expect(stemOf('Red shoe')).toBe('Red shoe');
});
