/** Changes in MongoDB: each gives what undoes it, for servers without transactions. */
import type { ClientSession, Collection as MongoCollection, Db } from 'mongodb';
import { documentOf, type Removal, type Step, type Written } from './documents.ts';
import { isTaken } from './mongo-errors.ts';
import type { Stored } from './mongo-query.ts';
import type { Row } from './rows.ts';
import { WriteConflict } from './store.ts';

type Undo = () => Promise<unknown>;
type Rows = MongoCollection<Stored>;
interface Within {
  readonly session?: ClientSession;
}

export function storedOf(row: Row): Stored {
  const plain = JSON.parse(documentOf(row)) as Row;
  return { ...plain, _id: plain.id };
}

async function insert(rows: Rows, { row }: Written, within: Within): Promise<Undo> {
  await rows.insertOne(storedOf(row), within);
  return () => rows.deleteOne({ _id: row.id, revision: row.revision });
}

async function update(rows: Rows, { collection, id, row }: Written, within: Within): Promise<Undo> {
  const next = storedOf({ ...row, revision: row.revision + 1 });
  const read = { _id: id, revision: row.revision };
  const before = within.session ? undefined : await rows.findOne(read);
  const { matchedCount } = await rows.replaceOne(read, next, within);
  if (matchedCount === 0) throw new WriteConflict('stale', collection, id);
  return async () => before && rows.replaceOne({ _id: id, revision: next.revision }, before);
}

async function remove(rows: Rows, { collection, id, revision }: Removal, within: Within): Promise<Undo> {
  const before = await rows.findOneAndDelete({ _id: id, ...(revision !== undefined && { revision }) }, within);
  if (!before) throw new WriteConflict('stale', collection, id);
  return () => rows.insertOne(before);
}

async function apply(db: Db, step: Step, within: Within): Promise<Undo> {
  const rows = db.collection<Stored>(step.collection);
  try {
    if (step.kind === 'insert') return await insert(rows, step, within);
    return step.kind === 'remove' ? await remove(rows, step, within) : await update(rows, step, within);
  } catch (error) {
    throw isTaken(error) ? new WriteConflict('duplicate', step.collection, step.id) : error;
  }
}

export async function writeTogether(db: Db, steps: readonly Step[]): Promise<void> {
  await db.client.withSession((session) =>
    session.withTransaction(async () => {
      for (const step of steps) await apply(db, step, { session });
    }),
  );
}

/** Undoing is tried for each; where the server went away meanwhile, the reason of the failure is what counts. */
export async function writeInOrder(db: Db, steps: readonly Step[]): Promise<void> {
  const undos: Undo[] = [];
  try {
    for (const step of steps) undos.unshift(await apply(db, step, {}));
  } catch (error) {
    for (const undo of undos) await undo().catch(() => undefined);
    throw error;
  }
}
