/** MongoDB through the official driver, for those who run several gateways. */
import { MongoClient, type Db, type MongoClientOptions } from 'mongodb';
import { GatewayError } from '../errors.ts';
import { asked, tallied, type Asked } from './conditions.ts';
import { stepOf } from './documents.ts';
import { asProblem } from './mongo-errors.ts';
import { matching, pageOf, sorting, tallying, told, type Stored } from './mongo-query.ts';
import { prepare, replaceAll } from './mongo-schema.ts';
import { writeInOrder, writeTogether } from './mongo-write.ts';
import type { Collection, Row, Rows } from './rows.ts';
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

const DATABASE = 'vitrine';

const OPTIONS: MongoClientOptions = {
  appName: 'vitrine',
  serverSelectionTimeoutMS: 3000,
  connectTimeoutMS: 3000,
  waitQueueTimeoutMS: 3000,
  socketTimeoutMS: 15_000,
  maxPoolSize: 20,
  ignoreUndefined: true,
  writeConcern: { w: 'majority', journal: true },
};

/** The server itself gives up earlier than we do. */
const QUERY = { maxTimeMS: 10_000 };

interface Ready {
  readonly db: Db;
  readonly transactions: boolean;
}

const rowOf = <C extends Collection>(_: C, { _id, ...row }: Stored): Rows[C] => row as unknown as Rows[C];

async function page<C extends Collection>(db: Db, collection: C, question: Asked): Promise<Page<Rows[C]>> {
  const found = await db
    .collection<Stored>(collection)
    .find(pageOf(collection, question), { ...QUERY, ...told(question) })
    .sort(sorting(question))
    .limit(question.limit + 1)
    .toArray();
  const rows = found.slice(0, question.limit).map((stored) => rowOf(collection, stored));
  return { rows, next: found.length > rows.length ? positionOf(rows.at(-1), question.field) : undefined };
}

class MongoStore implements Store {
  readonly kind = 'mongodb';
  readonly #uri: string;
  #client: MongoClient;
  readonly #database: string;
  readonly #transactions: boolean | undefined;
  #ready: Promise<Ready> | undefined;
  #loading = false;

  constructor(uri: string, transactions: boolean | undefined) {
    this.#uri = uri;
    this.#client = new MongoClient(uri, OPTIONS);
    this.#database = /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(uri)?.[1] ?? DATABASE;
    this.#transactions = transactions;
  }

  get<C extends Collection>(collection: C, id: string): Promise<Rows[C] | undefined> {
    return this.#answer(async ({ db }) => {
      const found = await db.collection<Stored>(collection).findOne({ _id: { $eq: id } }, QUERY);
      return found ? rowOf(collection, found) : undefined;
    });
  }

  find<C extends Collection>(collection: C, query: Query<Rows[C]>): Promise<Page<Rows[C]>> {
    return this.#answer(({ db }) => page(db, collection, asked(collection, query)));
  }

  findFields<C extends Collection, F extends keyof Rows[C] & string>(
    collection: C,
    fields: readonly F[],
    query: Query<Rows[C]>,
  ): Promise<Page<Pick<Rows[C], F | 'id'>>> {
    return this.#answer(({ db }) => page(db, collection, asked(collection, { ...query, fields })));
  }

  count<C extends Collection>(collection: C, query: Pick<Query<Rows[C]>, 'where' | 'words'>): Promise<number> {
    return this.#answer(({ db }) =>
      db.collection<Stored>(collection).countDocuments(matching(collection, asked(collection, query)), QUERY),
    );
  }

  tally<C extends Collection>(
    collection: C,
    field: keyof Rows[C] & string,
    query: TallyQuery<Rows[C]>,
  ): Promise<Tally[]> {
    return this.#answer(({ db }) =>
      db
        .collection(collection)
        .aggregate<Tally>(tallying(tallied(collection, field, query)), QUERY)
        .toArray(),
    );
  }

  write(changes: readonly Change[]): Promise<void> {
    return this.#answer(async ({ db, transactions }) => {
      if (this.#loading) throw restoring();
      const steps = changes.map(stepOf);
      await (transactions ? writeTogether(db, steps) : writeInOrder(db, steps));
    });
  }

  all<C extends Collection>(collection: C): AsyncIterable<Rows[C]> {
    return every(this, collection, {});
  }

  /** Where the server goes while the rows are put in place, that is finished the next time it is used. */
  load(rows: AsyncIterable<readonly [Collection, Row]>): Promise<void> {
    return this.#answer(async () => {
      if (this.#loading) throw restoring();
      this.#loading = true;
      try {
        await this.#patiently((db) => replaceAll(db, rows));
      } catch (error) {
        this.#ready = undefined;
        throw error;
      } finally {
        this.#loading = false;
      }
    });
  }

  check(): Promise<void> {
    return this.#answer(async ({ db }) => {
      await db.collection<{ _id: string }>('schema').replaceOne({ _id: 'check' }, {}, { upsert: true });
    });
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  /** Done once; again with the next call where it failed. */
  async #prepared(): Promise<Ready> {
    this.#ready ??= this.#prepare();
    const ready = this.#ready;
    try {
      return await ready;
    } catch (error) {
      if (this.#ready === ready) this.#ready = undefined;
      throw error;
    }
  }

  /** A client whose first connection failed stays closed for good: the next try begins with a new one. */
  async #prepare(): Promise<Ready> {
    try {
      const db = this.#client.db(this.#database);
      const { setName, msg } = await db.command({ hello: 1 });
      await this.#patiently((patient) => prepare(patient));
      return { db, transactions: this.#transactions ?? (setName !== undefined || msg === 'isdbgrid') };
    } catch (error) {
      await this.#client.close();
      this.#client = new MongoClient(this.#uri, OPTIONS);
      throw error;
    }
  }

  /** Building indexes and replacing everything take their time: on connections that wait. */
  async #patiently(work: (db: Db) => Promise<void>): Promise<void> {
    const client = new MongoClient(this.#uri, { ...OPTIONS, socketTimeoutMS: 0 });
    try {
      await work(client.db(this.#database));
    } finally {
      await client.close();
    }
  }

  async #answer<T>(work: (ready: Ready) => Promise<T>): Promise<T> {
    try {
      return await work(await this.#prepared());
    } catch (error) {
      throw asProblem(error);
    }
  }
}

const restoring = (): GatewayError =>
  new GatewayError('store_unavailable', 'Expected nobody to write while a backup is restored', { retry_after_s: 30 });

/** The database is the one the URI names, else vitrine. transactions: known beforehand; else the server is asked. */
export function openMongo(uri: string, { transactions }: { readonly transactions?: boolean } = {}): Store {
  return new MongoStore(uri, transactions);
}
