import { expect, test } from 'vitest';
import { NO_PICKS, pick, type Picking, type Picks } from '../../../../frontend/src/features/gallery/picks.ts';

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const after = (...wishes: readonly Picking[]): Picks => wishes.reduce(pick, NO_PICKS);
const picked = (...wishes: readonly Picking[]): string => [...after(...wishes).picked].sort().join('');
const toggle = (id: string): Picking => ({ kind: 'toggle', id });
const reach = (id: string): Picking => ({ kind: 'reach', id, ids });
const go = (id: string): Picking => ({ kind: 'go', id });

test('a picture goes in and out', () => {
  expect(picked(toggle('b'))).toBe('b');
  expect(picked(toggle('b'), toggle('b'))).toBe('');
});

test('a range goes from the last one picked, both ways', () => {
  expect(picked(toggle('b'), reach('e'))).toBe('bcde');
  expect(picked(toggle('e'), reach('c'))).toBe('cde');
});

test('a shorter range takes the place of a longer one, and leaves what was picked before', () => {
  expect(picked(toggle('a'), toggle('c'), reach('f'), reach('d'))).toBe('acd');
});

test('a range without a beginning is one picture', () => {
  expect(picked(reach('d'))).toBe('d');
});

test('the keyboard begins a range where it is', () => {
  expect(picked(go('b'), go('c'), reach('d'))).toBe('cd');
});

test('the focus that follows a range leaves it as it is', () => {
  expect(picked(go('b'), reach('c'), go('c'), reach('d'), go('d'), reach('c'))).toBe('bc');
});

test('a day goes in whole, and out where all of it was in', () => {
  expect(picked(toggle('a'), { kind: 'toggle-many', ids: ['a', 'b'] })).toBe('ab');
  expect(picked(toggle('a'), toggle('b'), { kind: 'toggle-many', ids: ['a', 'b'] })).toBe('');
});

test('all go in, and clearing keeps where the keyboard is', () => {
  expect(picked({ kind: 'all', ids })).toBe('abcdef');
  expect(after(go('c'), { kind: 'all', ids }, { kind: 'clear' })).toEqual({ ...NO_PICKS, active: 'c' });
});
