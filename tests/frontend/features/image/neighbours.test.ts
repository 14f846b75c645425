// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { FIRST_PLACE, neighboursOf, placeFrom } from '../../../../frontend/src/features/image/neighbours.ts';

test('the pictures beside one are those of the list, in its order', () => {
  expect(neighboursOf(['a', 'b', 'c'], 'b')).toEqual({ previous: 'a', next: 'c' });
});

test('the first has none before it, the last none after it', () => {
  expect(neighboursOf(['a', 'b'], 'a').previous).toBeUndefined();
  expect(neighboursOf(['a', 'b'], 'b').next).toBeUndefined();
});

test('a picture that is not in the list has no neighbours', () => {
  expect(neighboursOf(['a', 'b'], 'z')).toEqual({ previous: undefined, next: undefined });
});

test('back leads to where the picture was opened, with everything that was asked for there', () => {
  expect(placeFrom(new URLSearchParams({ from: '/gallery?tag=shoe&sort=name' }))).toBe('/gallery?tag=shoe&sort=name');
});

test.each(['', 'https://elsewhere.example', '//elsewhere.example', '/\\elsewhere.example', 'javascript:alert(1)'])(
  'back never leads to another site: %s',
  (from) => {
    expect(placeFrom(new URLSearchParams({ from }))).toBe(FIRST_PLACE);
  },
);
