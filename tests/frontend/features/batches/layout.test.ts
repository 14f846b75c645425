import { expect, test } from 'vitest';
import { GAP_PX, placeAfter, rowsOf, squaresIn } from '../../../../frontend/src/features/batches/layout.ts';

test.each([320, 366, 390, 639, 640, 1156, 1280, 2400])('squares fill %d px without running over', (width_px) => {
  const { columns, side_px } = squaresIn(width_px);
  const used_px = columns * side_px + (columns - 1) * GAP_PX;
  expect(used_px).toBeLessThanOrEqual(width_px);
  expect(width_px - used_px).toBeLessThan(columns);
  expect(side_px).toBeGreaterThanOrEqual(width_px < 640 ? 100 : 132);
});

test('phones have at least two in a row, and nothing is narrower than one', () => {
  expect(squaresIn(320).columns).toBeGreaterThanOrEqual(2);
  expect(squaresIn(0).columns).toBe(1);
});

test('the last row may be short', () => {
  expect(rowsOf(50_000, 8)).toBe(6250);
  expect(rowsOf(9, 8)).toBe(2);
  expect(rowsOf(0, 8)).toBe(0);
});

test.each([
  ['ArrowRight', 3, 4],
  ['ArrowLeft', 3, 2],
  ['ArrowDown', 3, 11],
  ['ArrowUp', 11, 3],
  ['ArrowUp', 3, 3],
  ['ArrowDown', 18, 18],
  ['ArrowRight', 19, 19],
  ['Home', 12, 0],
  ['End', 12, 19],
  ['x', 12, undefined],
])('%s leads from place %d to %s, and never out of the list', (key, from, to) => {
  expect(placeAfter(key, from, 8, 20)).toBe(to);
});
