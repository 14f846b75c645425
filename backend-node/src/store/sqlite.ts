/** The embedded database: one file, JSON documents, through Node's own SQLite. */
import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { GatewayError } from '../errors.ts';
import { asked, tallied, type Asked } from './conditions.ts';
import { loadedRow, stepOf } from './documents.ts';
import type { Collection, Row, Rows } from './rows.ts';
import { asProblem } from './sqlite-errors.ts';
import { count, select, waysIn, type Sql } from './sqlite-query.ts';
import { migrate, recreate } from './sqlite-schema.ts';
import { tally } from './sqlite-tally.ts';
import { apply, insert, statements, type Prepare } from './sqlite-write.ts';
import {
  every,
  positionOf,
  type Change,
  type Page,
  type Query,
  type Store,
  type Tally,
  type TallyQuery,
} from './store.ts';

const BUSY_MS = 1000;
/** Looking up and sorting so many rows costs less than walking an order until enough of them are met. */
const FEW = 2000;

/** The file, and the two beside it, are for their owner only. */
function open(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: BUSY_MS, enableDoubleQuotedStringLiterals: false });
  chmodSync(path, 0o600);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536');
  return db;
}

function transaction(db: DatabaseSync, work: () => void): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    work();
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

class SqliteStore implements Store {
  readonly kind = 'sqlite';
  readonly #path: string;
  readonly #db: DatabaseSync;
  readonly #prepare: Prepare;
  #loading = false;

  constructor(path: string, db: DatabaseSync) {
    this.#path = path;
    this.#db = db;
    this.#prepare = statements(db);
  }

  get<C extends Collection>(collection: C, id: string): Promise<Rows[C] | undefined> {
    return this.#answer(() => {
      const found = this.#rows<Rows[C]>({ text: `SELECT doc FROM "${collection}" WHERE id = ?`, values: [id] });
      return found[0];
    });
  }

  find<C extends Collection>(collection: C, query: Query<Rows[C]>): Promise<Page<Rows[C]>> {
    return this.#answer(() => this.#page<Rows[C]>(collection, asked(collection, query)));
  }

  findFields<C extends Collection, F extends keyof Rows[C] & string>(
    collection: C,
    fields: readonly F[],
    query: Query<Rows[C]>,
  ): Promise<Page<Pick<Rows[C], F | 'id'>>> {
    return this.#answer(() => this.#page(collection, asked(collection, { ...query, fields })));
  }

  count<C extends Collection>(collection: C, query: Pick<Query<Rows[C]>, 'where' | 'words'>): Promise<number> {
    return this.#answer(() => {
      const question = asked(collection, query);
      const { text, values } = count(collection, question, this.#narrowest(waysIn(collection, question, undefined)));
      return Number(this.#prepare(text).get(...values)?.['total']);
    });
  }

  tally<C extends Collection>(
    collection: C,
    field: keyof Rows[C] & string,
    query: TallyQuery<Rows[C]>,
  ): Promise<Tally[]> {
    return this.#answer(() => {
      const { text, values } = tally(collection, tallied(collection, field, query));
      const found = this.#prepare(text).all(...values);
      return found.map(({ value, total }) => ({
        value: typeof value === 'number' ? value : String(value),
        count: Number(total),
      }));
    });
  }

  write(changes: readonly Change[]): Promise<void> {
    return this.#answer(() => {
      if (this.#loading) throw restoring();
      const steps = changes.map(stepOf);
      transaction(this.#db, () => steps.forEach((step) => apply(this.#prepare, step)));
    });
  }

  all<C extends Collection>(collection: C): AsyncIterable<Rows[C]> {
    return every(this, collection, {});
  }

  /** On a connection of its own: who reads meanwhile sees what was there before. */
  async load(rows: AsyncIterable<readonly [Collection, Row]>): Promise<void> {
    if (this.#loading) throw restoring();
    this.#loading = true;
    try {
      await replaceAll(this.#path, rows);
    } catch (error) {
      throw asProblem(error);
    } finally {
      this.#loading = false;
    }
  }

  check(): Promise<void> {
    return this.#answer(() => transaction(this.#db, () => this.#db.exec('PRAGMA user_version')));
  }

  close(): Promise<void> {
    return this.#answer(() => {
      if (this.#db.isOpen) this.#db.close();
    });
  }

  #page<R extends Pick<Row, 'id'>>(collection: Collection, question: Asked): Page<R> {
    const narrowest = this.#narrowest(waysIn(collection, question, question.walk));
    const found = this.#rows<R>(select(collection, question, narrowest));
    const rows = found.slice(0, question.limit);
    return { rows, next: found.length > rows.length ? positionOf(rows.at(-1), question.field) : undefined };
  }

  #rows<R>({ text, values }: Sql): R[] {
    return this.#prepare(text)
      .all(...values)
      .map(({ doc }) => JSON.parse(String(doc)) as R);
  }

  /** The condition that the fewest rows meet, where they are few. */
  #narrowest(ways: readonly Sql[]): Sql | undefined {
    const sizes = ways.map((way) => ({ way, size: this.#size(way) }));
    return sizes.filter(({ size }) => size < FEW).sort((one, other) => one.size - other.size)[0]?.way;
  }

  #size({ text, values }: Sql): number {
    const counted = `SELECT count(*) AS total FROM (${text} LIMIT ${FEW})`;
    return Number(this.#prepare(counted).get(...values)?.['total']);
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- what is thrown shall reject
  async #answer<T>(work: () => T): Promise<T> {
    try {
      return work();
    } catch (error) {
      throw asProblem(error);
    }
  }
}

const restoring = (): GatewayError =>
  new GatewayError('store_unavailable', 'Expected nobody to write while a backup is restored', { retry_after_s: 30 });

async function replaceAll(path: string, rows: AsyncIterable<readonly [Collection, Row]>): Promise<void> {
  const db = open(path);
  try {
    const prepare = statements(db);
    db.exec('BEGIN IMMEDIATE');
    recreate(db);
    for await (const given of rows) {
      const { collection, row } = loadedRow(given);
      insert(prepare, collection, row);
    }
    db.exec('COMMIT');
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
}

/** Opens or creates the file. Throws GatewayError store_unavailable where that is impossible. */
export function openSqlite(path: string): Store {
  let db: DatabaseSync | undefined;
  try {
    const opened = open(path);
    db = opened;
    transaction(opened, () => migrate(opened));
    return new SqliteStore(path, opened);
  } catch (error) {
    db?.close();
    throw asProblem(error);
  }
}
