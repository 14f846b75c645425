/** What stands along the rail: years, and months where there is room. */
import type { Month } from './sections.ts';
import { formatShortMonth } from './times.ts';

export interface Mark {
  readonly text: string;
  /** 0 at the top, 1 at the bottom. */
  readonly share: number;
  readonly year: boolean;
}

/** Of the rail's height: closer ones would lie upon each other. */
const CLOSEST = 0.035;

export function marksOf(months: readonly Month[], range_px: number): readonly Mark[] {
  const years = months.filter(({ time_ms }, at) => yearOf(time_ms) !== yearOf(months[at - 1]?.time_ms ?? NaN));
  const marks: Mark[] = [];
  const add = (month: Month, text: string, year: boolean) => {
    const share = Math.min(month.top_px / range_px, 1);
    if (marks.every((mark) => Math.abs(mark.share - share) >= CLOSEST)) marks.push({ text, share, year });
  };
  for (const month of years) add(month, String(yearOf(month.time_ms)), true);
  for (const month of months) add(month, formatShortMonth(month.time_ms), false);
  return marks;
}

const yearOf = (time_ms: number): number => new Date(time_ms).getFullYear();
