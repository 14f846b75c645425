/** Indexes, version and restore of MongoDB. */
import type { Db } from 'mongodb';
import { COLLECTION_NAMES, OUTERMOST_FIRST } from './collections.ts';
import { loadedRow } from './documents.ts';
import { lots } from './lots.ts';
import { MIGRATIONS, pending, type Migration, type NewMigration } from './migrations.ts';
import { isTaken } from './mongo-errors.ts';
import { indexDescriptions, type Stored } from './mongo-query.ts';
import { storedOf } from './mongo-write.ts';
import type { Collection, Row } from './rows.ts';
import { WriteConflict } from './store.ts';

const BATCH = 500;

interface State {
  readonly _id: 'state';
  readonly version: number;
  /** A restore that got every row and is putting them in place: whoever finds this goes on with it. */
  readonly restoring: boolean;
}

const stateOf = (db: Db) => db.collection<State>('schema');
const rowsOf = (db: Db, name: string) => db.collection<Stored>(name);
const staged = (collection: Collection): string => `restoring_${collection}`;

async function names(db: Db): Promise<ReadonlySet<string>> {
  const found = await db.listCollections({}, { nameOnly: true }).toArray();
  return new Set(found.map(({ name }) => name));
}

const same = (one: object): string => JSON.stringify(one);

/** Indexes follow collections.ts: what is no longer declared so goes, what is missing comes. */
async function index(db: Db, name: string, collection: Collection): Promise<void> {
  const rows = rowsOf(db, name);
  const wanted = indexDescriptions(collection);
  const known = new Set([same([{ _id: 1 }, false]), ...wanted.map(({ key, unique = false }) => same([key, unique]))]);
  for (const found of (await names(db)).has(name) ? await rows.indexes() : []) {
    if (!known.has(same([found.key, found.unique ?? false]))) await rows.dropIndex(found.name ?? '');
  }
  await rows.createIndexes(wanted);
}

async function upgrade(db: Db, steps: readonly Migration[]): Promise<void> {
  if (steps.length === 0) return;
  for (const collection of OUTERMOST_FIRST) {
    const rows = rowsOf(db, collection);
    for await (const { _id, ...row } of rows.find({})) {
      const next = steps.reduce<Row>((each, step) => step(collection, each), row);
      if (next !== row) await rows.replaceOne({ _id }, storedOf(next));
    }
  }
}

export async function prepare(db: Db, migrations: readonly NewMigration[] = MIGRATIONS): Promise<void> {
  const version = migrations.length + 1;
  const state = await stateOf(db).findOne({ _id: 'state' });
  const steps = pending(state?.version ?? version, migrations);
  for (const collection of COLLECTION_NAMES) await index(db, collection, collection);
  if (state?.restoring) await putInPlace(db);
  await upgrade(db, steps);
  await remember(db, { _id: 'state', version, restoring: false });
}

async function remember(db: Db, state: State): Promise<void> {
  await stateOf(db).replaceOne({ _id: 'state' }, state, { upsert: true });
}

async function stage(db: Db, rows: AsyncIterable<readonly [Collection, Row]>): Promise<void> {
  for await (const batch of lots(rows, BATCH)) {
    const byCollection = Map.groupBy(batch.map(loadedRow), ({ collection }) => collection);
    for (const [collection, loaded] of byCollection) {
      const stored = loaded.map(({ row }) => storedOf(row));
      await rowsOf(db, staged(collection))
        .insertMany(stored)
        .catch((error: unknown) => {
          throw isTaken(error) ? new WriteConflict('duplicate', collection, stored[0]?.id ?? '') : error;
        });
    }
  }
}

async function putInPlace(db: Db): Promise<void> {
  for (const collection of COLLECTION_NAMES) {
    await rowsOf(db, collection).deleteMany({});
    const copies = rowsOf(db, staged(collection)).find({});
    for await (const batch of lots(copies, BATCH)) await rowsOf(db, collection).insertMany(batch);
  }
  await dropStaged(db);
}

async function dropStaged(db: Db): Promise<void> {
  const existing = await names(db);
  for (const name of COLLECTION_NAMES.map(staged)) if (existing.has(name)) await db.dropCollection(name);
}

/** Every row is stored and checked beside the others first; only then are those replaced. */
export async function replaceAll(db: Db, rows: AsyncIterable<readonly [Collection, Row]>): Promise<void> {
  const version = MIGRATIONS.length + 1;
  await dropStaged(db);
  try {
    for (const collection of COLLECTION_NAMES) await index(db, staged(collection), collection);
    await stage(db, rows);
  } catch (error) {
    await dropStaged(db).catch(() => undefined);
    throw error;
  }
  await remember(db, { _id: 'state', version, restoring: true });
  await putInPlace(db);
  await remember(db, { _id: 'state', version, restoring: false });
}
