/** What is asked for, in the address: read as a sentence, changed part by part. */
import { orderOf, type Order, type Sort } from '../../lib/data/place.ts';
import { formatMonth } from './times.ts';
import { words } from './words.ts';

export type Kind = 'tag' | 'days' | 'review' | 'format' | 'sku';
export const KINDS: readonly Kind[] = ['tag', 'days', 'review', 'format', 'sku'];

export interface Part {
  /** What changes it; search, objects and product groups have no picker here. */
  readonly kind: Kind | 'q' | 'object' | 'product_group';
  readonly text: string;
}

const PLACES: Readonly<Record<Part['kind'], readonly string[]>> = {
  q: ['q'],
  tag: ['tag'],
  object: ['object'],
  review: ['review'],
  days: ['from', 'to'],
  format: ['format'],
  sku: ['sku'],
  product_group: ['product_group'],
};

/** 'tagged shoe', 'in September 2026': in the order a sentence has them. */
export function partsOf(asked: URLSearchParams): readonly Part[] {
  const { q, tag, object, sku, product_group, format } = words.asked;
  const said = (name: string, say: (text: string) => string, spell: (value: string) => string = (value) => value) => {
    const values = valuesOf(asked, name).map(spell);
    return values.length === 0 ? '' : say(values.join(words.or));
  };
  const parts: readonly Part[] = [
    { kind: 'q', text: said('q', q) },
    { kind: 'tag', text: said('tag', tag) },
    { kind: 'object', text: said('object', object) },
    { kind: 'review', text: said('review', lower, (state) => words.reviewStates[state] ?? state) },
    { kind: 'days', text: daysText(asked.get('from') ?? '', asked.get('to') ?? '') },
    { kind: 'format', text: said('format', format, (name) => name.toUpperCase()) },
    { kind: 'sku', text: said('sku', sku) },
    { kind: 'product_group', text: said('product_group', product_group) },
  ];
  return parts.filter(({ text }) => text !== '');
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** Search text, SKUs and product groups may hold commas; the others are lists. */
const WHOLE: ReadonlySet<string> = new Set(['q', 'sku', 'product_group']);

export function valuesOf(asked: URLSearchParams, name: string): readonly string[] {
  const text = asked.get(name)?.trim() ?? '';
  const values = WHOLE.has(name) ? [text] : text.split(',').map((value) => value.trim());
  return values.filter((value) => value !== '');
}

/** With other values of one name; none takes it away. */
export function withValues(asked: URLSearchParams, values: Readonly<Record<string, string>>): URLSearchParams {
  const next = new URLSearchParams(asked);
  for (const [name, value] of Object.entries(values)) {
    if (value === '') next.delete(name);
    else next.set(name, value);
  }
  return next;
}

export const withoutPart = (asked: URLSearchParams, kind: Part['kind']): URLSearchParams =>
  withValues(asked, Object.fromEntries(PLACES[kind].map((name) => [name, ''])));

/** The order stays. */
export function withoutParts(asked: URLSearchParams): URLSearchParams {
  const names = Object.values(PLACES).flat();
  return withValues(asked, Object.fromEntries(names.map((name) => [name, ''])));
}

export type SortName = keyof typeof words.sorts;
export const SORT_NAMES = Object.keys(words.sorts) as readonly SortName[];

const SORTS: Readonly<Record<SortName, readonly [Sort, Order]>> = {
  newest: ['uploaded_at', 'desc'],
  oldest: ['uploaded_at', 'asc'],
  name: ['name', 'asc'],
  bytes: ['bytes', 'desc'],
  score: ['score', 'desc'],
  sku: ['sku', 'asc'],
};

export function sortOf(asked: URLSearchParams): SortName {
  const { sort, order } = orderOf(asked);
  const exact = SORT_NAMES.find((name) => SORTS[name][0] === sort && SORTS[name][1] === order);
  return exact ?? SORT_NAMES.find((name) => SORTS[name][0] === sort) ?? 'newest';
}

export function withSort(asked: URLSearchParams, name: SortName): URLSearchParams {
  const [sort, order] = SORTS[name];
  // What is so by itself is not said.
  return withValues(asked, { sort: sort === 'uploaded_at' ? '' : sort, order: name === 'oldest' ? order : '' });
}

function daysText(from: string, to: string): string {
  const { asked } = words;
  if (from === '' && to === '') return '';
  if (to === '') return asked.from(spelled(from));
  if (from === '') return asked.to(spelled(to));
  if (from === to) return asked.day(spelled(from));
  if (from.endsWith('-01') && to === lastDayOf(from)) return asked.month(formatMonth(dateOf(from)));
  return asked.between(spelled(from), spelled(to));
}

const spelled = (day: string): string => words.day(dateOf(day).getTime());

/** Of '2026-09-12', at its first moment here. */
function dateOf(day: string): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date);
}

function lastDayOf(day: string): string {
  const date = dateOf(day);
  return dayText(new Date(date.getFullYear(), date.getMonth() + 1, 0));
}

/** '2026-09-12', as it is here. */
export function dayText(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
