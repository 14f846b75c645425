import { describe, expect, test } from 'vitest';
import { layoutOf, rowAt, rowOf, tileRatio, type PictureRow } from '../../../../frontend/src/features/gallery/rows.ts';
import { wholeOf } from '../../../../frontend/src/features/gallery/sections.ts';

const SHAPE = { width_px: 1200, target_px: 220, gap_px: 6, heading_px: 44 };
const SHAPES = [1.5, 0.75, 1, 1.33, 3, 0.2, 12, 1];
const many = Float32Array.from({ length: 500 }, (_, at) => SHAPES[at % SHAPES.length] ?? 1);

const picturesOf = (ratios: Float32Array, shape = SHAPE): readonly PictureRow[] =>
  layoutOf(ratios, wholeOf(ratios.length), shape).rows.filter((row) => row.kind === 'pictures');

function widthOf({ first, end, height_px }: PictureRow, ratios: Float32Array): number {
  const wide = [...ratios.slice(first, end)].reduce((sum, ratio) => sum + tileRatio(ratio), 0);
  return wide * height_px + (end - first - 1) * SHAPE.gap_px;
}

describe('layoutOf', () => {
  test('shows every picture once, in order', () => {
    const rows = picturesOf(many);
    expect(rows[0]?.first).toBe(0);
    expect(rows.at(-1)?.end).toBe(many.length);
    for (const [at, row] of rows.entries()) expect(row.first).toBe(rows[at - 1]?.end ?? 0);
  });

  test.each([390, 640, 1200, 2400])('fills the width of %i px with every row but the last', (width_px) => {
    const rows = picturesOf(many, { ...SHAPE, width_px });
    for (const row of rows.slice(0, -1)) expect(widthOf(row, many)).toBeCloseTo(width_px, 0);
  });

  test('keeps rows near the height asked for', () => {
    for (const { height_px } of picturesOf(many)) {
      expect(height_px).toBeGreaterThan(SHAPE.target_px * 0.5);
      expect(height_px).toBeLessThan(SHAPE.target_px * 1.6);
    }
  });

  test('does not stretch the last row', () => {
    const rows = picturesOf(Float32Array.of(1, 1));
    expect(rows).toHaveLength(1);
    expect(rows[0]?.height_px).toBe(SHAPE.target_px);
  });

  test('gives a panorama a row that it fits in', () => {
    const [row] = picturesOf(Float32Array.of(40));
    expect(row && widthOf(row, Float32Array.of(40))).toBeLessThanOrEqual(SHAPE.width_px);
  });

  test('puts rows below each other, a gap between them, and nothing after the last', () => {
    const { rows, height_px } = layoutOf(many, wholeOf(many.length), SHAPE);
    for (const [at, row] of rows.entries()) {
      const bottom_px = row.top_px + row.height_px;
      expect(rows[at + 1]?.top_px ?? height_px + SHAPE.gap_px).toBeCloseTo(bottom_px + SHAPE.gap_px, 3);
    }
  });

  test('begins each section with its heading', () => {
    const sections = [
      { first: 0, end: 3, time_ms: 1 },
      { first: 3, end: 4, time_ms: 0 },
    ];
    const { rows } = layoutOf(many, sections, SHAPE);
    expect(rows.map(({ kind }) => kind)).toEqual(['heading', 'pictures', 'heading', 'pictures']);
  });

  test('has no height where there are no pictures', () => {
    expect(layoutOf(new Float32Array(), wholeOf(0), SHAPE)).toEqual({ rows: [], height_px: 0 });
  });
});

describe('finding rows', () => {
  const sections = [
    { first: 0, end: 100, time_ms: 1 },
    { first: 100, end: 500, time_ms: 0 },
  ];
  const { rows } = layoutOf(many, sections, SHAPE);

  test('rowAt finds the row that a height lies in', () => {
    for (const [at, row] of rows.entries()) {
      expect(rowAt(rows, row.top_px)).toBe(at);
      expect(rowAt(rows, row.top_px + row.height_px - 1)).toBe(at);
    }
    expect(rowAt(rows, -100)).toBe(0);
  });

  test('rowOf finds the row of every picture', () => {
    for (let place = 0; place < many.length; place += 1) {
      const row = rows[rowOf(rows, place)];
      expect(row?.kind === 'pictures' && row.first <= place && place < row.end).toBe(true);
    }
    expect(rowOf(rows, many.length)).toBe(-1);
  });
});
