/** What the gateway asks of a database. Two adapters, one contract suite: tests/backend-node/store. */
import { setImmediate } from 'node:timers/promises';
import type { Collection, Row, Rows } from './rows.ts';

type Scalar = string | number;

/** One field's condition: equal to a value, one of several, within [from, to), or (for lists) having a member. */
export type Condition<T> = [T] extends [readonly (infer Member)[]]
  ? { readonly has: Member } | { readonly has_any: readonly Member[] }
  : [T] extends [Scalar]
    ? T | { readonly in: readonly T[] } | { readonly from?: T; readonly to?: T }
    : never;

export type Where<T> = { readonly [Field in keyof T]?: Condition<T[Field]> };

export interface Query<T> {
  readonly where?: Where<T>;
  /** Each must be the beginning of a word in the row's `words`. Normalised as by words.ts. */
  readonly words?: readonly string[];
  /** One scalar field; ties are broken by id in the same direction. Default: id, ascending. */
  readonly order?: readonly [keyof T & string, 'asc' | 'desc'];
  /** Rows strictly behind this one in the order. */
  readonly after?: Position | undefined;
  /** At most this many rows. Default 50. */
  readonly limit?: number;
}

/** A place in an ordered list: the order field's value and the id of the row there. */
export interface Position {
  readonly value: Scalar;
  readonly id: string;
}

export interface Page<T> {
  readonly rows: readonly T[];
  /** Where the next page begins; undefined on the last one. */
  readonly next: Position | undefined;
}

export interface TallyQuery<T> {
  readonly where: { readonly [Field in keyof T]?: T[Field] & Scalar };
  /** At most this many values. */
  readonly limit: number;
}

export interface Tally {
  readonly value: Scalar;
  readonly count: number;
}

type Each<C extends Collection, Make extends { [K in C]: unknown }> = Make[C];

/** insert: a new row, its revision is set to 1. update: the whole row as it shall be, with the revision that was read. */
export type Change = Each<
  Collection,
  {
    [C in Collection]:
      | { readonly insert: C; readonly row: Omit<Rows[C], 'revision'> }
      | { readonly update: C; readonly row: Rows[C] }
      | { readonly remove: C; readonly id: string; readonly revision?: number };
  }
>;

/** Thrown by write: nothing of it was done. stale: another revision, or no row. duplicate: a unique field is taken. */
export class WriteConflict extends Error {
  override readonly name = 'WriteConflict';
  readonly kind: 'stale' | 'duplicate';
  readonly collection: Collection;
  readonly id: string;

  constructor(kind: 'stale' | 'duplicate', collection: Collection, id: string) {
    super(`${kind} ${collection} ${id}`);
    this.kind = kind;
    this.collection = collection;
    this.id = id;
  }
}

/** Methods reject with GatewayError store_unavailable where the database does not answer, storage_full where it has no room. */
export interface Store {
  readonly kind: 'sqlite' | 'mongodb';
  get<C extends Collection>(collection: C, id: string): Promise<Rows[C] | undefined>;
  find<C extends Collection>(collection: C, query: Query<Rows[C]>): Promise<Page<Rows[C]>>;
  /** As find; of each row only the id and these fields, which costs much less where the list is long. */
  findFields<C extends Collection, F extends keyof Rows[C] & string>(
    collection: C,
    fields: readonly F[],
    query: Query<Rows[C]>,
  ): Promise<Page<Pick<Rows[C], F | 'id'>>>;
  count<C extends Collection>(collection: C, query: Pick<Query<Rows[C]>, 'where' | 'words'>): Promise<number>;
  /**
   * How many rows there are of each value of a field, or of each member of a list: most first, then by value. An index
   * must have just the fields of `where` before the field.
   */
  tally<C extends Collection>(
    collection: C,
    field: keyof Rows[C] & string,
    query: TallyQuery<Rows[C]>,
  ): Promise<Tally[]>;
  /**
   * All of the changes or none, durable when it resolves. Rejects with WriteConflict.
   * MongoDB without a replica set does them one by one in the order given and undoes what it can.
   */
  write(changes: readonly Change[]): Promise<void>;
  /** Every row, in the order of id. */
  all<C extends Collection>(collection: C): AsyncIterable<Rows[C]>;
  /** Replaces everything by these rows, or changes nothing. */
  load(rows: AsyncIterable<readonly [Collection, Row]>): Promise<void>;
  /** Rejects where the database cannot be read or written. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** Where a row stands in the order of a field; both adapters and tests say it alike. */
export function positionOf(row: Pick<Row, 'id'> | undefined, field: string): Position | undefined {
  if (!row) return undefined;
  const value: unknown = Object.getOwnPropertyDescriptor(row, field)?.value;
  return typeof value === 'string' || typeof value === 'number' ? { value, id: row.id } : undefined;
}

/** The first row that matches. */
export async function first<C extends Collection>(
  store: Store,
  collection: C,
  query: Query<Rows[C]>,
): Promise<Rows[C] | undefined> {
  return (await store.find(collection, { ...query, limit: 1 })).rows[0];
}

/** Every row that matches, page by page. Rows may be changed or removed while walking. */
export async function* every<C extends Collection>(
  store: Store,
  collection: C,
  query: Query<Rows[C]>,
): AsyncGenerator<Rows[C]> {
  for await (const rows of pages((after = query.after) => store.find(collection, { ...query, limit: PAGE, after }))) {
    yield* rows;
  }
}

export const PAGE = 500;

/** The rows of one page after the other. */
export async function* pages<T>(find: (after: Position | undefined) => Promise<Page<T>>): AsyncGenerator<readonly T[]> {
  let after: Position | undefined;
  do {
    const page = await find(after);
    yield page.rows;
    after = page.next;
    // The embedded database answers at once: others are served between two pages.
    if (after) await setImmediate();
  } while (after);
}
