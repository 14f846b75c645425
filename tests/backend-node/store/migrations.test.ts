/** Databases and backups of version 1, whose images did not tell what they show. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MongoClient } from 'mongodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { VersionRow } from '../../../backend-node/src/store/rows.ts';
import { openMongo } from '../../../backend-node/src/store/mongo.ts';
import { openSqlite } from '../../../backend-node/src/store/sqlite.ts';
import type { Store } from '../../../backend-node/src/store/store.ts';
import { program } from '../tools/program.ts';
import { WireServer } from './databases.ts';
import { added, image } from './sample.ts';

let home: string;
let path: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'vitrine-migrations-'));
  path = join(home, 'metadata.sqlite');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const original = { width: 40, height: 30, thumbhash: 'of the original' };
const versionOf = (id: string, rendered: VersionRow['rendered']): Omit<VersionRow, 'revision'> => ({
  ...{
    id,
    owner: 'anna',
    image: 'a',
    number: 1,
    created_at: '',
    created_by: 'anna',
    preset: '',
    recipe: {},
    blobs: [],
  },
  ...{ blob: '', mask_blob: '', source_mask_blob: '', thumb: '', review_state: '', rendered },
});

async function fill(store: Store): Promise<void> {
  await store.write([
    ...added([
      image('plain', original),
      image('cut out', { ...original, current_version: 'square', versions: 2 }),
      image('blurless', { ...original, current_version: 'wide' }),
      image('astray', { ...original, current_version: 'nowhere' }),
    ]),
    {
      insert: 'versions',
      row: { ...versionOf('square', { width: 9, height: 9, thumbhash: 'of the square' }), number: 2 },
    },
    { insert: 'versions', row: versionOf('wide', { width: 9, height: 3, thumbhash: null }) },
  ]);
}

async function expectShown(store: Store): Promise<void> {
  const { rows } = await store.find('images', {});
  expect(Object.fromEntries(rows.map(({ id, shown }) => [id, shown]))).toEqual({
    plain: original,
    'cut out': { width: 9, height: 9, thumbhash: 'of the square' },
    blurless: { width: 9, height: 3, thumbhash: '' },
    astray: original,
  });
  expect(new Set(rows.map(({ revision }) => revision))).toEqual(new Set([1]));
}

async function filledSqlite(): Promise<void> {
  const store = openSqlite(path);
  await fill(store);
  await store.close();
}

test('SQLite brings its images along', async () => {
  await filledSqlite();
  const db = new DatabaseSync(path);
  db.exec("UPDATE images SET doc = json_remove(doc, '$.shown'); PRAGMA user_version = 1");
  db.close();
  const store = openSqlite(path);
  await expectShown(store);
  await store.close();
});

const missing = WireServer.missing === undefined ? '' : `: ${WireServer.missing}`;

test.skipIf(missing !== '')(`MongoDB brings its images along${missing}`, async () => {
  const server = await WireServer.prepare();
  await server.start();
  const before = openMongo(server.uri('old'));
  await fill(before);
  await before.close();
  const client = new MongoClient(server.uri('old'));
  await client
    .db()
    .collection('images')
    .updateMany({}, { $unset: { shown: '' } });
  await client
    .db()
    .collection<{ _id: string }>('schema')
    .updateOne({ _id: 'state' }, { $set: { version: 1 } });
  await client.close();
  const store = openMongo(server.uri('old'));
  await expectShown(store);
  await store.close();
  await server.end();
});

/** As version 1 wrote it. */
function aged(dump: string): string {
  const lines = dump.trimEnd().split('\n').slice(0, -1);
  const old = lines
    .map((line) => line.replace('"version":2', '"version":1').replace(/"shown":\{[^}]*\},/, ''))
    .map((line) => `${line}\n`);
  const sha256 = createHash('sha256').update(old.join('')).digest('hex');
  return `${old.join('')}${JSON.stringify({ rows: old.length - 1, sha256 })}\n`;
}

test('a backup of then is restored as of today', async () => {
  await filledSqlite();
  const { out } = await program('metadata', 'export', { VITRINE_DATA_DIR: home });
  const old = aged(out);
  expect(out.match(/"shown":/g)).toHaveLength(4);
  expect(old).not.toContain('"shown"');
  const data_dir = join(home, 'restored');
  expect(await program('metadata', 'import', { VITRINE_DATA_DIR: data_dir }, old)).toMatchObject({
    code: 0,
    out: '6\n',
  });
  const store = openSqlite(join(data_dir, 'metadata.sqlite'));
  await expectShown(store);
  await store.close();
});
