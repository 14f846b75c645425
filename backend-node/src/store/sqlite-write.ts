/** Statements of SQLite, and what changes rows. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { documentOf, type Removal, type Step, type Written } from './documents.ts';
import type { Collection, Row } from './rows.ts';
import { isTaken } from './sqlite-errors.ts';
import { WriteConflict } from './store.ts';

const MOST_STATEMENTS = 500;

/** Statements are compiled once; the least recently used go. */
export function statements(db: DatabaseSync): (text: string) => StatementSync {
  const kept = new Map<string, StatementSync>();
  return (text) => {
    const statement = kept.get(text) ?? db.prepare(text);
    kept.delete(text);
    kept.set(text, statement);
    const [oldest] = kept.keys();
    if (kept.size > MOST_STATEMENTS && oldest !== undefined) kept.delete(oldest);
    return statement;
  };
}

export type Prepare = ReturnType<typeof statements>;

export function insert(prepare: Prepare, collection: Collection, row: Row): void {
  try {
    prepare(`INSERT INTO "${collection}" (id, revision, doc) VALUES (?, ?, ?)`).run(
      row.id,
      row.revision,
      documentOf(row),
    );
  } catch (error) {
    throw isTaken(error) ? new WriteConflict('duplicate', collection, row.id) : error;
  }
}

function update(prepare: Prepare, { collection, row }: Written): number | bigint {
  const next = { ...row, revision: row.revision + 1 };
  try {
    return prepare(`UPDATE "${collection}" SET revision = ?, doc = ? WHERE id = ? AND revision = ?`).run(
      next.revision,
      documentOf(next),
      row.id,
      row.revision,
    ).changes;
  } catch (error) {
    throw isTaken(error) ? new WriteConflict('duplicate', collection, row.id) : error;
  }
}

function remove(prepare: Prepare, { collection, id, revision }: Removal): number | bigint {
  const text = `DELETE FROM "${collection}" WHERE id = ?`;
  if (revision === undefined) return prepare(text).run(id).changes;
  return prepare(`${text} AND revision = ?`).run(id, revision).changes;
}

export function apply(prepare: Prepare, step: Step): void {
  if (step.kind === 'insert') {
    insert(prepare, step.collection, step.row);
    return;
  }
  const changed = step.kind === 'remove' ? remove(prepare, step) : update(prepare, step);
  if (changed !== 1) throw new WriteConflict('stale', step.collection, step.id);
}
