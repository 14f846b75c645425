/** Queries and indexes as MongoDB takes them. Values are always wrapped in an operator, so none can be one. */
import type { Document, Filter, IndexDescription, Sort } from 'mongodb';
import { indexesOf, listsOf, wordsFieldOf } from './collections.ts';
import type { Asked, Tallied, Test } from './conditions.ts';
import type { Collection } from './rows.ts';

/** A row, with its id as _id as well: sorting and paging use id, which indexes can hold behind other fields. */
export interface Stored extends Document {
  readonly _id: string;
  readonly id: string;
  readonly revision: number;
}

const BEYOND_LETTERS = '\u{10ffff}';

function condition(test: Test): Document {
  if (test.kind === 'is') return { $eq: test.value };
  if (test.kind === 'in') return { $in: test.values };
  if (test.kind === 'has') return { $in: test.members };
  return { ...(test.from !== undefined && { $gte: test.from }), ...(test.to !== undefined && { $lt: test.to }) };
}

const isOpen = (test: Test): boolean => test.kind === 'range' && test.from === undefined && test.to === undefined;

function all(parts: readonly Document[]): Filter<Stored> {
  return parts.length === 0 ? {} : { $and: [...parts] };
}

function conditions(collection: Collection, { tests, words }: Pick<Asked, 'tests' | 'words'>): Document[] {
  const list = wordsFieldOf(collection) ?? '';
  return [
    ...tests.filter((test) => !isOpen(test)).map((test) => ({ [test.field]: condition(test) })),
    ...words.map((word) => ({ [list]: { $elemMatch: { $gte: word, $lt: word + BEYOND_LETTERS } } })),
  ];
}

export const matching = (collection: Collection, asked: Pick<Asked, 'tests' | 'words'>): Filter<Stored> =>
  all(conditions(collection, asked));

/** The first condition lets the index begin right at the position, the second skips the ties before it. */
function position({ after, descending, field }: Asked): Document[] {
  if (!after) return [];
  const [beyond, from] = descending ? ['$lt', '$lte'] : ['$gt', '$gte'];
  if (field === 'id') return [{ id: { [beyond]: after.id } }];
  const tie = { [field]: { $eq: after.value }, id: { [beyond]: after.id } };
  return [{ [field]: { [from]: after.value } }, { $or: [{ [field]: { [beyond]: after.value } }, tie] }];
}

export const pageOf = (collection: Collection, asked: Asked): Filter<Stored> =>
  all([...conditions(collection, asked), ...position(asked)]);

/** One order with one row for each value needs no tie-breaker, and its index has none. */
export function sorting({ field, descending, walk }: Asked): Sort {
  const direction = descending ? -1 : 1;
  return field === 'id' || walk?.unique ? { [field]: direction } : { [field]: direction, id: direction };
}

/** What is told of each row. */
export const told = ({ fields }: Asked): { readonly projection?: Document } =>
  fields ? { projection: { _id: 0, ...Object.fromEntries(fields.map((field) => [field, 1])) } } : {};

export function tallying({ equal, field, isList, limit }: Tallied): Document[] {
  return [
    { $match: all(equal.map(([name, value]) => ({ [name]: { $eq: value } }))) },
    { $project: { _id: 0, [field]: 1 } },
    ...(isList ? [{ $unwind: `$${field}` }] : []),
    { $group: { _id: `$${field}`, count: { $sum: 1 } } },
    { $sort: { count: -1, _id: 1 } },
    { $limit: limit },
    { $project: { _id: 0, value: '$_id', count: 1 } },
  ];
}

const ascending = (fields: readonly string[]): Record<string, 1> =>
  Object.fromEntries(fields.map((field) => [field, 1 as const]));

export function indexDescriptions(collection: Collection): IndexDescription[] {
  const scalars = indexesOf(collection).map(({ fields, unique }) =>
    unique ? { key: ascending(fields), unique } : { key: ascending([...fields, 'id']) },
  );
  return [...scalars, ...listsOf(collection).map((list) => ({ key: ascending([list]) }))];
}
