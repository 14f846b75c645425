/** What a query asks, checked and in one flat form: both adapters translate this and nothing else. */
import { indexesOf, listsOf, wordsFieldOf, type Index } from './collections.ts';
import type { Collection } from './rows.ts';
import type { Position } from './store.ts';
import { wordsOf } from './words.ts';

export type Scalar = string | number;

export type Test =
  | { readonly field: string; readonly kind: 'is'; readonly value: Scalar }
  | { readonly field: string; readonly kind: 'in'; readonly values: readonly Scalar[] }
  | {
      readonly field: string;
      readonly kind: 'range';
      readonly from: Scalar | undefined;
      readonly to: Scalar | undefined;
    }
  | { readonly field: string; readonly kind: 'has'; readonly members: readonly Scalar[] };

export interface Asked {
  readonly tests: readonly Test[];
  readonly words: readonly string[];
  readonly field: string;
  readonly descending: boolean;
  readonly after: Position | undefined;
  readonly limit: number;
  /** Of each row only these; undefined: all of it. */
  readonly fields: readonly string[] | undefined;
  /** The index whose walk meets the rows in the order asked; undefined where they must be sorted. */
  readonly walk: Index | undefined;
}

interface Question {
  readonly where?: object;
  readonly words?: readonly string[];
  readonly order?: readonly [string, 'asc' | 'desc'];
  readonly after?: Position | undefined;
  readonly limit?: number;
  readonly fields?: readonly string[];
}

const MOST_ROWS = 1000;

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isScalar = (value: unknown): value is Scalar => typeof value === 'string' || Number.isFinite(value);

/** A query that TypeScript would have refused is a bug, and nothing is asked of the database. */
function refuse(what: string, value: unknown): never {
  throw new TypeError(`Expected ${what} in a query, received ${typeof value}`);
}

function scalar(value: unknown): Scalar {
  return isScalar(value) ? value : refuse('text or a finite number', value);
}

function scalars(value: unknown): readonly Scalar[] {
  return isList(value) ? value.map(scalar) : refuse('a list', value);
}

function fieldName(name: string): string {
  return /^[a-z][a-z0-9_]*$/.test(name) ? name : refuse('the name of a field', name);
}

const bound = (value: unknown): Scalar | undefined => (value === undefined ? undefined : scalar(value));

function test(field: string, condition: unknown): Test {
  if (isScalar(condition)) return { field, kind: 'is', value: condition };
  if (typeof condition !== 'object' || condition === null) return refuse(`a condition on ${field}`, condition);
  const given: Readonly<Record<string, unknown>> = { ...condition };
  const names = Object.keys(given);
  if (names.every((name) => name === 'from' || name === 'to')) {
    return { field, kind: 'range', from: bound(given['from']), to: bound(given['to']) };
  }
  if (names.length !== 1) return refuse(`one condition on ${field}`, condition);
  if ('in' in given) return { field, kind: 'in', values: scalars(given['in']) };
  if ('has' in given) return { field, kind: 'has', members: [scalar(given['has'])] };
  if ('has_any' in given) return { field, kind: 'has', members: scalars(given['has_any']) };
  return refuse(`a condition on ${field}`, condition);
}

/**
 * Equality on every field but the last and the order by that one (or equality on all and the order by id) needs no
 * sorting. Few rows are sorted instead: those that equal one of several values, where no equality helps.
 */
function walkFor(collection: Collection, tests: readonly Test[], order: string): Index | undefined {
  const fieldsOf = (...kinds: Test['kind'][]) =>
    new Set(tests.filter(({ kind }) => kinds.includes(kind)).map(({ field }) => field));
  const equal = fieldsOf('is');
  const few = fieldsOf('is', 'in');
  const narrow = fieldsOf('is', 'in', 'range');
  const indexes = indexesOf(collection);

  const one = indexes.find(({ fields, unique }) => unique && fields.every((field) => equal.has(field)));
  if (one) return one;
  if (indexes.some(({ fields, unique }) => unique && fields.every((field) => few.has(field)))) return undefined;
  const fits = ({ fields, unique }: Index): boolean => {
    const last = fields.at(-1) ?? '';
    if (!fields.slice(0, -1).every((field) => equal.has(field))) return false;
    return last === order || (order === 'id' && !unique && equal.has(last));
  };
  const used = ({ fields }: Index): number => fields.filter((field) => equal.has(field)).length;
  const best = indexes.filter(fits).sort((one, other) => used(other) - used(one))[0];
  const elsewhere = indexes.some(({ fields: [first = ''] }) => first !== order && narrow.has(first));
  return best?.fields.length === 1 && best.fields[0] === order && elsewhere ? undefined : best;
}

export function asked(collection: Collection, query: Question): Asked {
  const tests = Object.entries(query.where ?? {}).map(([field, condition]) => test(fieldName(field), condition));
  const [field, direction] = query.order ?? ['id', 'asc'];
  const limit = query.limit ?? 50;
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_ROWS) refuse(`a limit from 1 to ${MOST_ROWS}`, limit);
  const after = query.after && { value: scalar(query.after.value), id: query.after.id };
  const walk = walkFor(collection, tests, fieldName(field));
  const words = wordsOf(...(query.words ?? []));
  if (words.length > 0 && wordsFieldOf(collection) === undefined) refuse(`no words for ${collection}`, words);
  const fields = query.fields && ['id', field, ...query.fields.map(fieldName)];
  return { tests, words, field, descending: direction === 'desc', after, limit, fields, walk };
}

export interface Tallied {
  /** Equality on each, in the order of the index. */
  readonly equal: readonly (readonly [field: string, value: Scalar])[];
  readonly field: string;
  readonly isList: boolean;
  /** Has the fields of `equal`, and then the field unless that is a list. */
  readonly index: Index;
  readonly limit: number;
}

/** A tally without an index would read every row: that is a bug as well. */
export function tallied(
  collection: Collection,
  field: string,
  { where, limit }: { readonly where: object; readonly limit: number },
): Tallied {
  const given = new Map(Object.entries(where).map(([name, value]) => [fieldName(name), scalar(value)]));
  const isList = listsOf(collection).includes(field);
  const length = given.size + (isList ? 0 : 1);
  const index = indexesOf(collection).find(
    ({ fields }) =>
      fields.length === length &&
      fields.slice(0, given.size).every((name) => given.has(name)) &&
      (isList || fields.at(-1) === field),
  );
  if (!index) return refuse(`an index to tally ${collection} by ${fieldName(field)}`, field);
  const equal = index.fields.slice(0, given.size).map((name) => [name, given.get(name) ?? ''] as const);
  return { equal, field, isList, index, limit };
}
