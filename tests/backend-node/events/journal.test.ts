import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Journal } from '../../../backend-node/src/events/journal.ts';
import { openSqlite } from '../../../backend-node/src/store/sqlite.ts';
import { WriteConflict, type Store } from '../../../backend-node/src/store/store.ts';
import { album } from '../store/sample.ts';

const entry = { owner: 'anna', actor: 'anna', action: 'album.created', target: 'a', request: 'r' };

let folder: string;
let path: string;
let store: Store;
let journal: Journal;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-journal-'));
  path = join(folder, 'metadata.sqlite');
  store = openSqlite(path);
  journal = new Journal(store);
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const write = (id: string, by = journal): Promise<void> =>
  by.write([{ insert: 'albums', row: album(id) }], { ...entry, target: id });

/** As somebody does who can write to the file. */
function tamper(...statements: string[]): void {
  const db = new DatabaseSync(path, { timeout: 1000 });
  try {
    for (const statement of statements) db.exec(statement);
  } finally {
    db.close();
  }
}

const DROP_RULES = ['update', 'delete', 'replace'].map((rule) => `DROP TRIGGER journal__no_${rule}`);

describe('write', () => {
  test('keeps the change and its entry, or neither', async () => {
    await write('a');
    await expect(write('a')).rejects.toThrow(WriteConflict);
    expect(await store.count('albums', {})).toBe(1);
    expect(await store.count('journal', {})).toBe(1);
  });

  test('gives numbers without gaps to writes at the same time, those of another gateway included', async () => {
    const other = new Journal(store);
    const ids = Array.from({ length: 60 }, (_, at) => `album-${at}`);
    await Promise.all(ids.map((id, at) => write(id, at % 2 === 0 ? journal : other)));
    expect(await journal.verify()).toMatchObject({ entries: 60, broken_at: undefined });
  });

  test('goes on behind what another program wrote since', async () => {
    await write('a');
    const elsewhere = openSqlite(path);
    await write('b', new Journal(elsewhere));
    await elsewhere.close();
    await write('c');
    const { rows } = await store.find('journal', { order: ['seq', 'asc'] });
    expect(rows.map(({ target }) => target)).toEqual(['a', 'b', 'c']);
    expect(await journal.verify()).toMatchObject({ entries: 3, broken_at: undefined });
  });

  test('goes on after a write that failed', async () => {
    await write('a');
    const [bad, good] = await Promise.allSettled([write('a'), write('b')]);
    expect([bad.status, good.status]).toEqual(['rejected', 'fulfilled']);
    expect(await journal.verify()).toMatchObject({ entries: 2, broken_at: undefined });
  });

  test('keeps a hash that fits what the store gives back', async () => {
    const details = { half: 'x\ud800y', none: undefined, day: new Date(0), minus: -0, deep: { b: 1, a: [2] } };
    await journal.write([], { ...entry, details });
    expect((await journal.verify()).broken_at).toBeUndefined();
    const [row] = (await store.find('journal', {})).rows;
    expect(row?.details).toEqual({
      half: 'x\ufffdy',
      day: '1970-01-01T00:00:00.000Z',
      minus: 0,
      deep: { b: 1, a: [2] },
    });
  });

  test('tells those who listen once it is stored, until they stop', async () => {
    const heard: string[] = [];
    const stop = journal.listen(({ target }) => heard.push(target));
    await write('a');
    await write('a').catch(() => undefined);
    stop();
    await write('b');
    expect(heard).toEqual(['a']);
  });
});

describe('E4 an entry of the audit log', () => {
  beforeEach(async () => {
    for (const id of ['a', 'b', 'c', 'd']) await write(id);
  });

  test('cannot be changed or removed through the store', async () => {
    const [row] = (await store.find('journal', {})).rows;
    if (!row) throw new Error('no entry');
    await expect(store.write([{ update: 'journal', row: { ...row, actor: 'eve' } }])).rejects.toThrow(/only to grow/);
    await expect(store.write([{ remove: 'journal', id: row.id }])).rejects.toThrow(/only to grow/);
    expect(await journal.verify()).toMatchObject({ entries: 4, broken_at: undefined });
  });

  test.each([
    `UPDATE journal SET doc = json_set(doc, '$.actor', 'eve')`,
    `UPDATE journal SET id = 'x' WHERE n = 1`,
    'DELETE FROM journal WHERE n = 2',
    'DELETE FROM journal',
    `REPLACE INTO journal (n, id, revision, doc) SELECT n, id, revision, json_set(doc, '$.actor', 'eve') FROM journal`,
  ])('is refused by the database: %s', async (statement) => {
    expect(() => tamper(statement)).toThrow();
    expect(await journal.verify()).toMatchObject({ entries: 4, broken_at: undefined });
  });

  test.each([
    [2, `UPDATE journal SET doc = json_set(doc, '$.actor', 'eve') WHERE n = 2`],
    [3, `UPDATE journal SET doc = json_set(doc, '$.at', '2020-01-01T00:00:00.000Z') WHERE n = 3`],
    [1, `UPDATE journal SET doc = json_set(doc, '$.details.x', 1) WHERE n = 1`],
    [2, 'DELETE FROM journal WHERE n = 2'],
    [1, 'DELETE FROM journal WHERE n = 1'],
    [4, 'DELETE FROM journal WHERE n = 4'],
    [1, 'DELETE FROM journal'],
    [
      3,
      `INSERT INTO journal (id, revision, doc) SELECT 'x', 1, json_set(doc, '$.seq', 2.5, '$.id', 'x') FROM journal WHERE n = 4; DELETE FROM journal WHERE n = 4`,
    ],
  ])('shows at %d when it was changed around that: %s', async (place, statement) => {
    tamper(...DROP_RULES, statement);
    expect((await journal.verify()).broken_at).toBe(place);
  });

  test('shows who wrote a whole new chain by its head', async () => {
    const before = await journal.verify();
    tamper(...DROP_RULES, 'DELETE FROM journal WHERE n = 4');
    const restarted = new Journal(store);
    await write('e', restarted);
    const after = await restarted.verify();
    expect(after).toMatchObject({ entries: 4, broken_at: undefined });
    expect(after.head).not.toBe(before.head);
  });

  test('is protected again after the next start', async () => {
    tamper(...DROP_RULES);
    await store.close();
    store = openSqlite(path);
    expect(() => tamper('DELETE FROM journal')).toThrow();
  });
});

test('a long log is checked without holding up others', async () => {
  const rows = Array.from({ length: 1200 }, (_, at) => `album-${at}`);
  for (const id of rows) await write(id);
  let turns = 0;
  const turning = setInterval(() => (turns += 1), 1);
  expect(await journal.verify()).toMatchObject({ entries: 1200, broken_at: undefined });
  clearInterval(turning);
  expect(turns).toBeGreaterThan(0);
});
