/** Numbers, times and plurals as people of the browser's language write them. */
const number = new Intl.NumberFormat();
const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const plurals = new Intl.PluralRules('en');
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const ago = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

export const formatNumber = (value: number): string => number.format(value);
const share = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 });
/** '67 %', of 0.67 */
export const formatShare = (value: number): string => share.format(value);
export const formatDay = (time: string | number): string => day.format(new Date(time));
export const formatTime = (time: string | number): string => moment.format(new Date(time));

/** '1 picture', '1,204 pictures' */
export const counted = (count: number, one: string, other: string): string =>
  `${number.format(count)} ${plurals.select(count) === 'one' ? one : other}`;

const UNITS = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** '280 B', '1.2 MB' */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${whole.format(bytes)} B`;
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length);
  const value = bytes / 1000 ** power;
  const unit = UNITS[power - 1] ?? 'kilobyte';
  const maximumFractionDigits = value < 10 ? 1 : 0;
  return new Intl.NumberFormat(undefined, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits }).format(
    value,
  );
}

/** '4 s', '3 min', '1 h 20 min': of what is left or was taken. */
export function formatSpan(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (ms < 1000) return `${whole.format(ms)} ms`;
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How long something took as a whole: nobody wants to know milliseconds. */
export const formatTaken = (ms: number): string => (ms < 1000 ? 'under a second' : formatSpan(ms));

const SPANS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** '3 minutes ago' */
export function formatAgo(time: string | number, now = Date.now()): string {
  const seconds = (new Date(time).getTime() - now) / 1000;
  const span = SPANS.find(([, length]) => Math.abs(seconds) >= length);
  return span ? ago.format(Math.round(seconds / span[1]), span[0]) : ago.format(0, 'second');
}
