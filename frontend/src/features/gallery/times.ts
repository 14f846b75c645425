/** Days and months as headings say them. */
import { words } from './words.ts';

const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
const MONTH = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric' });
const SHORT_MONTH = new Intl.DateTimeFormat(undefined, { month: 'short' });

export const formatMonth = (time: number | Date): string => MONTH.format(time);
export const formatShortMonth = (time: number | Date): string => SHORT_MONTH.format(time);

/** Today, Yesterday, 12 March 2026 */
export function formatDayHeading(time_ms: number, now = new Date()): string {
  const time = new Date(time_ms);
  if (isSameDay(time, now)) return words.today;
  const before = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  return isSameDay(time, before) ? words.yesterday : DAY.format(time);
}

const isSameDay = (a: Date, b: Date): boolean =>
  a.getFullYear() === b.getFullYear() && a.getMonth() === b.getMonth() && a.getDate() === b.getDate();
