import { expect, test } from 'vitest';
import { placeBeside } from '../../../../frontend/src/features/gallery/moves.ts';
import { layoutOf } from '../../../../frontend/src/features/gallery/rows.ts';

// Two days: rows of three, three and one, then of two. Widths of a row add up to 600.
const ratios = Float32Array.of(2, 2, 2, 2, 2, 2, 2, 2, 2);
const shape = { width_px: 600, target_px: 100, gap_px: 0, heading_px: 40 };
const sections = [
  { first: 0, end: 7, time_ms: 1 },
  { first: 7, end: 9, time_ms: 0 },
];
const { rows } = layoutOf(ratios, sections, shape);
const beside = (place: number, to: 'left' | 'right' | 'up' | 'down') => placeBeside(rows, ratios, place, to);

test('goes to the neighbours, over the ends of rows', () => {
  expect(beside(2, 'right')).toBe(3);
  expect(beside(3, 'left')).toBe(2);
});

test('goes to what stands above and below', () => {
  expect(beside(1, 'down')).toBe(4);
  expect(beside(4, 'up')).toBe(1);
});

test('goes to the nearest where the row is shorter', () => {
  expect(beside(5, 'down')).toBe(6);
});

test('goes over headings', () => {
  expect(beside(6, 'down')).toBe(7);
  expect(beside(8, 'up')).toBe(6);
});

test('stays at the ends', () => {
  expect(beside(0, 'left')).toBe(0);
  expect(beside(8, 'right')).toBe(8);
  expect(beside(1, 'up')).toBe(1);
  expect(beside(8, 'down')).toBe(8);
});
