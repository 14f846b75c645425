/** Tables, indexes and triggers of SQLite, all of them derived from collections.ts. */
import type { DatabaseSync } from 'node:sqlite';
import { GatewayError } from '../errors.ts';
import { COLLECTIONS, indexesOf, isCollection, listsOf, type Index } from './collections.ts';
import type { Collection } from './rows.ts';
import { columnsOf, indexName, listName } from './sqlite-query.ts';

/** What was stored is brought to today's rows step by step; the database remembers how many were done. Only ever add. */
const MIGRATIONS: readonly ((db: DatabaseSync) => void)[] = [];

const VERSION = MIGRATIONS.length + 1;

export const COLLECTION_NAMES: readonly Collection[] = Object.keys(COLLECTIONS).filter(isCollection);

const table = (collection: Collection): string =>
  `CREATE TABLE "${collection}" (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, ` +
  `revision INTEGER NOT NULL, doc TEXT NOT NULL) STRICT`;

function index(collection: Collection, declared: Index): string {
  const columns = declared.unique ? declared.fields : [...declared.fields, 'id'];
  const names = columns.map((field) => `"${field}"`).join(', ');
  return `CREATE ${declared.unique ? 'UNIQUE ' : ''}INDEX "${indexName(collection, declared)}" ON "${collection}" (${names})`;
}

/** One row for each member of a list, kept by triggers. */
function listTable(collection: Collection, list: string): Record<string, string> {
  const name = listName(collection, list);
  const members = (row: string) =>
    `INSERT OR IGNORE INTO "${name}" SELECT ${row}.n, value FROM json_each(${row}.doc, '$.${list}')`;
  return {
    [name]: `CREATE TABLE "${name}" (n INTEGER NOT NULL, member TEXT NOT NULL, PRIMARY KEY (n, member)) STRICT, WITHOUT ROWID`,
    [`${name}__by_member`]: `CREATE INDEX "${name}__by_member" ON "${name}" (member, n)`,
    [`${name}__insert`]: `CREATE TRIGGER "${name}__insert" AFTER INSERT ON "${collection}" BEGIN ${members('NEW')}; END`,
    [`${name}__update`]:
      `CREATE TRIGGER "${name}__update" AFTER UPDATE OF doc ON "${collection}" ` +
      `WHEN OLD.doc -> '$.${list}' IS NOT NEW.doc -> '$.${list}' ` +
      `BEGIN DELETE FROM "${name}" WHERE n = OLD.n; ${members('NEW')}; END`,
    [`${name}__delete`]: `CREATE TRIGGER "${name}__delete" AFTER DELETE ON "${collection}" BEGIN DELETE FROM "${name}" WHERE n = OLD.n; END`,
  };
}

/** The audit log only grows, whoever writes to the file. */
const GROWS_ONLY = Object.fromEntries(
  ['UPDATE', 'DELETE'].map((event) => {
    const name = `journal__no_${event.toLowerCase()}`;
    const refusal = `SELECT RAISE(ABORT, 'journal rows are never changed')`;
    return [name, `CREATE TRIGGER "${name}" BEFORE ${event} ON "journal" BEGIN ${refusal}; END`];
  }),
);

/** What depends on the documents, by name, in the order to create it. */
function derived(collection: Collection): Record<string, string> {
  const indexes = indexesOf(collection).map((each) => [indexName(collection, each), index(collection, each)]);
  const lists = listsOf(collection).flatMap((list) => Object.entries(listTable(collection, list)));
  const rules = collection === 'journal' ? Object.entries(GROWS_ONLY) : [];
  return Object.fromEntries([...indexes, ...lists, ...rules]);
}

type Names = ReadonlyMap<string, { readonly type: string; readonly sql: string }>;

function existing(db: DatabaseSync): Names {
  const rows = db.prepare("SELECT type, name, sql FROM sqlite_schema WHERE name LIKE '%\\_\\_%' ESCAPE '\\' ").all();
  return new Map(rows.map(({ type, name, sql }) => [String(name), { type: String(type), sql: String(sql) }]));
}

function addColumns(db: DatabaseSync, collection: Collection): void {
  const names = new Set(
    db
      .prepare(`PRAGMA table_xinfo("${collection}")`)
      .all()
      .map(({ name }) => name),
  );
  for (const field of columnsOf(collection).filter((each) => !names.has(each))) {
    db.exec(
      `ALTER TABLE "${collection}" ADD COLUMN "${field}" ANY GENERATED ALWAYS AS (json_extract(doc, '$.${field}')) VIRTUAL`,
    );
  }
}

function fill(db: DatabaseSync, collection: Collection, list: string): void {
  db.exec(
    `INSERT OR IGNORE INTO "${listName(collection, list)}" SELECT row.n, value FROM "${collection}" AS row, json_each(row.doc, '$.${list}')`,
  );
}

/** Indexes follow collections.ts: what is no longer declared so goes, what is missing comes. */
function reconcile(db: DatabaseSync): void {
  const before = existing(db);
  const wanted = new Map(COLLECTION_NAMES.flatMap((collection) => Object.entries(derived(collection))));
  const gone = [...before].filter(([name, { sql }]) => wanted.get(name) !== sql);
  for (const type of ['trigger', 'index', 'table']) {
    for (const [name] of gone.filter(([, each]) => each.type === type)) db.exec(`DROP ${type} IF EXISTS "${name}"`);
  }
  const left = existing(db);
  for (const collection of COLLECTION_NAMES) {
    addColumns(db, collection);
    for (const [name, sql] of Object.entries(derived(collection))) if (!left.has(name)) db.exec(sql);
    for (const list of listsOf(collection)) if (!left.has(listName(collection, list))) fill(db, collection, list);
  }
}

/** Brings the database to today's schema, within the transaction that is open. */
export function migrate(db: DatabaseSync): void {
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version > VERSION) {
    throw new GatewayError(
      'store_unavailable',
      `Expected a database of schema ${VERSION} or older, received one of schema ${version}: written by a newer Vitrine`,
    );
  }
  for (const collection of COLLECTION_NAMES) {
    db.exec(table(collection).replace('CREATE TABLE', 'CREATE TABLE IF NOT EXISTS'));
  }
  if (version > 0) for (const step of MIGRATIONS.slice(version - 1)) step(db);
  reconcile(db);
  db.exec(`PRAGMA user_version = ${VERSION}`);
}

/** Empties everything: only for load, which fills it again within the same transaction. */
export function recreate(db: DatabaseSync): void {
  for (const [name, { type }] of existing(db)) if (type === 'table') db.exec(`DROP TABLE "${name}"`);
  for (const collection of COLLECTION_NAMES) db.exec(`DROP TABLE IF EXISTS "${collection}"`);
  migrate(db);
}
