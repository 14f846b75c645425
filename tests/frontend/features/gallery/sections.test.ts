import { describe, expect, test } from 'vitest';
import { daysOf, monthAt, monthsOf, wholeOf } from '../../../../frontend/src/features/gallery/sections.ts';
import { marksOf } from '../../../../frontend/src/features/gallery/marks.ts';
import { idAt } from '../../lib/data/ids.ts';

const at = (year: number, month: number, day: number, hour = 12): number =>
  new Date(year, month - 1, day, hour).getTime();

describe('daysOf', () => {
  test('makes a section of each day, by the clock here', () => {
    const times = [at(2026, 3, 12, 23), at(2026, 3, 12, 0), at(2026, 3, 11, 23), at(2026, 1, 1)];
    const days = daysOf(times.map((time, place) => idAt(time, place)));
    expect(days.map(({ first, end }) => [first, end])).toEqual([
      [0, 2],
      [2, 3],
      [3, 4],
    ]);
    expect(days[1]?.time_ms).toBe(times[2]);
  });

  test('finds the days whichever way the order goes', () => {
    const times = [at(2026, 3, 11), at(2026, 3, 12), at(2026, 3, 12, 13)];
    expect(daysOf(times.map((time, place) => idAt(time, place)))).toHaveLength(2);
  });

  test('has none where there are no pictures', () => {
    expect(daysOf([])).toEqual([]);
    expect(wholeOf(0)).toEqual([]);
  });
});

const headings = [
  [at(2026, 3, 12), 0],
  [at(2026, 3, 1), 500],
  [at(2026, 2, 3), 900],
  [at(2025, 2, 3), 5000],
].map(([time_ms = 0, top_px = 0], first) => ({ section: { first, end: first + 1, time_ms }, top_px }));
const months = monthsOf(headings);

describe('months', () => {
  test('begin with their first day', () => {
    expect(months.map(({ top_px }) => top_px)).toEqual([0, 900, 5000]);
  });

  test('monthAt tells the month in sight', () => {
    expect([-50, 0, 899, 900, 4999, 99_999].map((y_px) => monthAt(months, y_px))).toEqual([0, 0, 0, 1, 1, 2]);
  });

  test('marks name each year, and months where there is room', () => {
    const marks = marksOf(months, 10_000);
    expect(marks.filter(({ year }) => year).map(({ text }) => text)).toEqual(['2026', '2025']);
    expect(marks.filter(({ year }) => !year).map(({ share }) => share)).toEqual([0.09]);
  });

  test('marks never lie upon each other', () => {
    const close = Array.from({ length: 120 }, (_, month) => ({ time_ms: at(2026, -month, 1), top_px: month * 10 }));
    const shares = marksOf(close, 1200).map(({ share }) => share);
    const sorted = shares.sort((a, b) => a - b);
    for (const [place, share] of sorted.entries()) {
      if (place > 0) expect(share - (sorted[place - 1] ?? 0)).toBeGreaterThan(0.03);
    }
  });
});
