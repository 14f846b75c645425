/** Tables, indexes and triggers of SQLite, all of them derived from collections.ts. */
import type { DatabaseSync } from 'node:sqlite';
import { COLLECTION_NAMES, indexesOf, listsOf, OUTERMOST_FIRST, type Index } from './collections.ts';
import { documentOf } from './documents.ts';
import { MIGRATIONS, pending, type Migration, type NewMigration } from './migrations.ts';
import type { Collection, Row } from './rows.ts';
import { columnsOf, indexName, listName } from './sqlite-query.ts';

/** The name of a thing in the database and the statement that makes it. */
type NamedSql = readonly [name: string, sql: string];

const table = (collection: Collection): string =>
  `CREATE TABLE IF NOT EXISTS "${collection}" (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, ` +
  `revision INTEGER NOT NULL, doc TEXT NOT NULL) STRICT`;

function index(collection: Collection, declared: Index): string {
  const columns = declared.unique ? declared.fields : [...declared.fields, 'id'];
  const names = columns.map((field) => `"${field}"`).join(', ');
  return `CREATE ${declared.unique ? 'UNIQUE ' : ''}INDEX "${indexName(collection, declared)}" ON "${collection}" (${names})`;
}

/** One row for each member of a list, kept by triggers. */
function listTable(collection: Collection, list: string): readonly NamedSql[] {
  const name = listName(collection, list);
  const members = (row: string) =>
    `INSERT OR IGNORE INTO "${name}" SELECT ${row}.n, value FROM json_each(${row}.doc, '$.${list}')`;
  const sql = {
    '': `CREATE TABLE "${name}" (n INTEGER NOT NULL, member TEXT NOT NULL, PRIMARY KEY (n, member)) STRICT, WITHOUT ROWID`,
    __by_member: `CREATE INDEX "${name}__by_member" ON "${name}" (member, n)`,
    __insert: `CREATE TRIGGER "${name}__insert" AFTER INSERT ON "${collection}" BEGIN ${members('NEW')}; END`,
    __update:
      `CREATE TRIGGER "${name}__update" AFTER UPDATE OF doc ON "${collection}" ` +
      `WHEN OLD.doc -> '$.${list}' IS NOT NEW.doc -> '$.${list}' ` +
      `BEGIN DELETE FROM "${name}" WHERE n = OLD.n; ${members('NEW')}; END`,
    __delete: `CREATE TRIGGER "${name}__delete" AFTER DELETE ON "${collection}" BEGIN DELETE FROM "${name}" WHERE n = OLD.n; END`,
  };
  return Object.entries(sql).map(([suffix, text]) => [name + suffix, text]);
}

const REFUSED = `BEGIN SELECT RAISE(ABORT, 'journal rows are never changed'); END`;

/** The audit log only grows, whoever writes to the file. REPLACE would remove rows without the rule against removing. */
const GROWS_ONLY: readonly NamedSql[] = [
  ['journal__no_update', `CREATE TRIGGER "journal__no_update" BEFORE UPDATE ON "journal" ${REFUSED}`],
  ['journal__no_delete', `CREATE TRIGGER "journal__no_delete" BEFORE DELETE ON "journal" ${REFUSED}`],
  [
    'journal__no_replace',
    `CREATE TRIGGER "journal__no_replace" BEFORE INSERT ON "journal" WHEN EXISTS (SELECT 1 FROM "journal" ` +
      `WHERE n = NEW.n OR id = NEW.id OR seq = json_extract(NEW.doc, '$.seq')) ${REFUSED}`,
  ],
];

/** What depends on the documents, by name, in the order to create it. */
function derived(collection: Collection): readonly NamedSql[] {
  const indexes = indexesOf(collection).map((each): NamedSql => [indexName(collection, each), index(collection, each)]);
  const lists = listsOf(collection).flatMap((list) => listTable(collection, list));
  const rules = collection === 'journal' ? GROWS_ONLY : [];
  return [...indexes, ...lists, ...rules];
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

const wantedThings = (): readonly NamedSql[] => COLLECTION_NAMES.flatMap((collection) => derived(collection));

/** Indexes follow collections.ts: what is no longer declared so goes … */
function dropOld(db: DatabaseSync): void {
  const wanted = new Map(wantedThings());
  const old = [...existing(db)].filter(([name, { sql }]) => wanted.get(name) !== sql);
  for (const type of ['trigger', 'index', 'table']) {
    for (const [name] of old.filter(([, each]) => each.type === type)) db.exec(`DROP ${type} IF EXISTS "${name}"`);
  }
}

/** … and what is missing comes, filled from the rows. */
function createNew(db: DatabaseSync): void {
  const left = existing(db);
  for (const collection of COLLECTION_NAMES) {
    addColumns(db, collection);
    for (const [name, sql] of derived(collection)) if (!left.has(name)) db.exec(sql);
    for (const list of listsOf(collection)) if (!left.has(listName(collection, list))) fill(db, collection, list);
  }
}

function upgrade(db: DatabaseSync, steps: readonly Migration[]): void {
  if (steps.length === 0) return;
  for (const [name, { type }] of existing(db)) if (type !== 'index') db.exec(`DROP ${type} IF EXISTS "${name}"`);
  for (const collection of OUTERMOST_FIRST) {
    const change = db.prepare(`UPDATE "${collection}" SET doc = ? WHERE n = ?`);
    for (const { n, doc } of db.prepare(`SELECT n, doc FROM "${collection}"`).all()) {
      const row = JSON.parse(String(doc)) as Row;
      const next = steps.reduce<Row>((each, step) => step(collection, each), row);
      if (next !== row) change.run(documentOf(next), Number(n));
    }
  }
}

/** Brings the database to today's schema, within the transaction that is open. */
export function migrate(db: DatabaseSync, migrations: readonly NewMigration[] = MIGRATIONS): void {
  const newest = migrations.length + 1;
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  const steps = pending(version === 0 ? newest : version, migrations);
  for (const collection of COLLECTION_NAMES) db.exec(table(collection));
  upgrade(db, steps);
  dropOld(db);
  createNew(db);
  db.exec(`PRAGMA user_version = ${newest}`);
}

/** Empties everything: only for load, which fills it again within the same transaction. */
export function recreate(db: DatabaseSync): void {
  for (const [name, { type }] of existing(db)) if (type === 'table') db.exec(`DROP TABLE "${name}"`);
  for (const collection of COLLECTION_NAMES) db.exec(`DROP TABLE IF EXISTS "${collection}"`);
  migrate(db);
}
