import { expect, test } from 'vitest';
import { GatewayError } from '../../../backend-node/src/errors.ts';
import { cursorOf, positionOf, shownPage } from '../../../backend-node/src/http/cursor.ts';

const POSITION = { value: '2026-11-20T12:00:00.000Z', id: '01ARZ3NDEKTSV4RRFFQ69G5FAV' };

test('a cursor leads back to its position', () => {
  const cursor = cursorOf('images', POSITION);
  expect(positionOf('images', cursor ?? '')).toEqual(POSITION);
});

test('no cursor is the first page, and the last page has none', () => {
  expect(positionOf('images', undefined)).toBeUndefined();
  expect(cursorOf('images', undefined)).toBeNull();
});

test('it can stand in an address as it is', () => {
  expect(cursorOf('images', { value: 'ÿ?/+ü', id: 'x' })).toMatch(/^[\w-]+$/);
});

const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

test.each([
  ['of another list', cursorOf('albums', POSITION) ?? ''],
  ['empty', ''],
  ['made up', 'xyz'],
  ['no JSON', Buffer.from('[').toString('base64url')],
  ['no list', json({ a: 1 })],
  ['with an operator', json(['images', { $gt: '' }, 'x'])],
  ['with an id of another type', json(['images', 'a', { $ne: 1 }])],
  ['too short', json(['images', 'a'])],
  ['beyond all numbers', Buffer.from('["images",1e999,"x"]').toString('base64url')],
])('one that is %s is refused', (_, cursor) => {
  expect(() => positionOf('images', cursor)).toThrow(GatewayError);
});

test('a page shows its rows and where the next one begins', () => {
  const page = shownPage('images', { rows: [1, 2], next: POSITION }, (n) => n * 2);
  expect(page.items).toEqual([2, 4]);
  expect(positionOf('images', page.nextCursor ?? '')).toEqual(POSITION);
});
