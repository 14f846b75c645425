/** Pictures of one day belong together, where they stand in order of time. */
import { uploadTimeOf } from '../../lib/data/outline.ts';

export interface Section {
  readonly first: number;
  /** The place after its last picture. */
  readonly end: number;
  /** Of its first picture; NaN: it has no heading. */
  readonly time_ms: number;
}

/** All of them in one, without a heading. */
export const wholeOf = (count: number): readonly Section[] =>
  count === 0 ? [] : [{ first: 0, end: count, time_ms: NaN }];

/** A section a day, by the clock of whoever looks. Cheap: the calendar is asked once a day, not once a picture. */
export function daysOf(ids: readonly string[]): readonly Section[] {
  const days: Section[] = [];
  let first = 0;
  let day = dayAround(ids.length > 0 ? uploadTimeOf(ids[0] ?? '') : 0);
  for (let at = 1; at <= ids.length; at += 1) {
    const time_ms = at < ids.length ? uploadTimeOf(ids[at] ?? '') : NaN;
    if (time_ms >= day.from_ms && time_ms < day.to_ms) continue;
    days.push({ first, end: at, time_ms: day.time_ms });
    first = at;
    day = dayAround(time_ms);
  }
  return ids.length === 0 ? [] : days;
}

function dayAround(time_ms: number) {
  const time = new Date(time_ms);
  const from_ms = new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime();
  const to_ms = new Date(time.getFullYear(), time.getMonth(), time.getDate() + 1).getTime();
  return { time_ms, from_ms, to_ms };
}

export interface Month {
  /** Of its first picture. */
  readonly time_ms: number;
  readonly top_px: number;
}

/** Where each month begins. */
export function monthsOf(headings: Iterable<{ readonly section: Section; readonly top_px: number }>): readonly Month[] {
  const months: Month[] = [];
  let before = NaN;
  for (const { section, top_px } of headings) {
    const time = new Date(section.time_ms);
    const month = time.getFullYear() * 12 + time.getMonth();
    if (month !== before) months.push({ time_ms: section.time_ms, top_px });
    before = month;
  }
  return months;
}

/** Index of the month at a height. */
export function monthAt(months: readonly Month[], y_px: number): number {
  const after = months.findIndex(({ top_px }) => top_px > y_px);
  return Math.max((after === -1 ? months.length : after) - 1, 0);
}
