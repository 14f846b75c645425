import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { COLLECTION_NAMES, indexesOf } from '../../../backend-node/src/store/collections.ts';
import { asked, tallied } from '../../../backend-node/src/store/conditions.ts';
import { MIGRATIONS } from '../../../backend-node/src/store/migrations.ts';
import { asProblem } from '../../../backend-node/src/store/sqlite-errors.ts';
import { count, indexName, select, waysIn } from '../../../backend-node/src/store/sqlite-query.ts';
import { migrate } from '../../../backend-node/src/store/sqlite-schema.ts';
import { tally } from '../../../backend-node/src/store/sqlite-tally.ts';
import { openSqlite } from '../../../backend-node/src/store/sqlite.ts';
import type { Store } from '../../../backend-node/src/store/store.ts';
import { added, album, entry, image } from './sample.ts';

let home: string;
let path: string;
let store: Store;
let db: DatabaseSync;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'vitrine-sqlite-'));
  path = join(home, 'store.db');
  store = openSqlite(path);
  db = new DatabaseSync(path);
});

afterEach(async () => {
  await store.close();
  if (db.isOpen) db.close();
  rmSync(home, { recursive: true });
});

async function reopened(): Promise<Store> {
  await store.close();
  return (store = openSqlite(path));
}

describe('what a page costs', () => {
  const plan = ({ text, values }: ReturnType<typeof select>): string =>
    db
      .prepare(`EXPLAIN QUERY PLAN ${text}`)
      .all(...values)
      .map(({ detail }) => String(detail))
      .join('\n');

  const orders = COLLECTION_NAMES.flatMap((collection) =>
    indexesOf(collection).map((index) => ({ collection, index })),
  );

  test.each(orders)('$collection by $index.fields begins at the position, sorts nothing', ({ collection, index }) => {
    const order = index.fields.at(-1) ?? 'id';
    const where = Object.fromEntries(index.fields.slice(0, -1).map((field) => [field, 'x']));
    for (const direction of ['asc', 'desc'] as const) {
      const question = asked(collection, { where, order: [order, direction], after: { value: 'x', id: 'y' } });
      const steps = plan(select(collection, question, undefined));
      expect(steps).toContain(`SEARCH ${collection} USING INDEX ${indexName(collection, index)}`);
      expect(steps).not.toContain('TEMP B-TREE');
    }
  });

  test.each(orders.filter(({ index }) => !index.unique))(
    '$collection equal in $index.fields is walked by id',
    ({ collection, index }) => {
      const where = Object.fromEntries(index.fields.map((field) => [field, 'x']));
      const question = asked(collection, { where, after: { value: 'y', id: 'y' } });
      const steps = plan(select(collection, question, undefined));
      expect(steps).toContain(`SEARCH ${collection} USING INDEX`);
      expect(steps).not.toContain('TEMP B-TREE');
    },
  );

  test('one of several values, or a range of another field, is looked up through its index', () => {
    for (const where of [
      { id: { in: ['a', 'b'] } },
      { owner: 'anna', blob: { in: ['a', 'b'] } },
      { owner: { in: ['a'] } },
    ]) {
      expect(plan(select('images', asked('images', { where }), undefined))).toContain('SEARCH images USING INDEX');
    }
    const where = { owner: 'a', state: 'active', uploaded_at: { from: '2026' }, tags: { has: 'red' } };
    const question = asked('images', { where, order: ['score', 'asc'], words: ['shoe'] });
    const ways = waysIn('images', question, question.walk).map((way) => plan(way));
    expect(ways).toHaveLength(3);
    for (const way of ways) expect(way).toContain('SEARCH');
  });

  test('a tally looks into indexes only, and never at all rows', () => {
    for (const field of ['tags', 'format', 'review_state']) {
      const question = tallied('images', field, { where: { owner: 'anna', state: 'active' }, limit: 9 });
      const steps = plan(tally('images', question));
      expect(steps).toContain('SEARCH images USING');
      expect(steps).not.toMatch(/SCAN (images|held)/);
    }
  });

  const rare = { owner: 'anna', state: 'active', format: 'webp', review_state: { in: ['pass', 'fail'] } } as const;

  test('a walk asks indexes about other fields, and reads no document for them', () => {
    const order = ['uploaded_at', 'desc'] as const;
    const { text } = select('images', asked('images', { where: rare, order }), undefined);
    expect(text).toContain('INDEXED BY "images__by_owner_and_state_and_uploaded_at"');
    expect(text).toContain('AS also INDEXED BY "images__by_owner_and_state_and_format"');
    expect(text).toContain('AS also INDEXED BY "images__by_owner_and_state_and_review_state"');
    expect(count('images', asked('images', { where: rare }), undefined).text).toContain('AS also INDEXED BY');
  });

  test('finds and counts few among many alike, along whatever index', async () => {
    const rows = Array.from({ length: 9000 }, (_, at) =>
      image(`i${String(at).padStart(4, '0')}`, {
        format: at < 3000 ? 'webp' : 'jpeg',
        review_state: at % 2 === 0 ? 'pass' : 'original',
        uploaded_at: new Date(Date.UTC(2026, 0, 1) + at * 1000).toISOString(),
        score: at % 7,
        state: at % 3 === 0 ? 'trashed' : 'active',
      }),
    );
    await store.write(added(rows));
    const uploaded_at = { from: rows[100]?.uploaded_at ?? '', to: rows[2900]?.uploaded_at ?? '' };
    for (const where of [rare, { ...rare, uploaded_at }, { owner: 'anna', state: 'active', uploaded_at }] as const) {
      const expected = rows.filter(
        (row) =>
          row.state === 'active' &&
          (!('format' in where) || (row.format === 'webp' && row.review_state === 'pass')) &&
          (!('uploaded_at' in where) || (row.uploaded_at >= uploaded_at.from && row.uploaded_at < uploaded_at.to)),
      );
      expect(await store.count('images', { where })).toBe(expected.length);
      for (const order of ['uploaded_at', 'score', 'name', 'id'] as const) {
        const found = await store.find('images', { where, order: [order, 'asc'], limit: 1000 });
        const sorted = expected.toSorted((a, b) =>
          a[order] < b[order] ? -1 : a[order] > b[order] ? 1 : a.id < b.id ? -1 : 1,
        );
        expect(found.rows.map(({ id }) => id)).toEqual(sorted.slice(0, 1000).map(({ id }) => id));
      }
    }
  });

  test('10,000 rows are walked through whole, each once', async () => {
    const rows = Array.from({ length: 10_000 }, (_, at) => image(`i${String(at)}`, { score: at % 10 }));
    await store.write(added(rows));
    const query = { where: { owner: 'anna', state: 'active' }, order: ['score', 'desc'], limit: 200 } as const;
    const seen = new Set<string>();
    let page = await store.find('images', query);
    for (;;) {
      for (const { id } of page.rows) seen.add(id);
      if (!page.next) break;
      page = await store.find('images', { ...query, after: page.next });
    }
    expect(seen.size).toBe(10_000);
  });
});

describe('E4 the journal in the file', () => {
  test('lets nobody change or delete its rows, before and after a restore', async () => {
    await store.write([{ insert: 'journal', row: entry(1) }]);
    const attempt = (sql: string) => () => {
      db.exec(sql);
    };
    const attempts = [
      "UPDATE journal SET doc = '{}'",
      'DELETE FROM journal',
      "REPLACE INTO journal (n, id, revision, doc) VALUES (1, 'x', 1, '{}')",
    ];
    for (const sql of attempts) expect(attempt(sql)).toThrow('never changed');
    async function* rows() {
      yield ['journal', { ...entry(2), revision: 1 }] as const;
      await Promise.resolve();
    }
    await store.load(rows());
    for (const sql of attempts.slice(0, 2)) expect(attempt(sql)).toThrow('never changed');
    expect(await store.get('journal', entry(2).id)).toMatchObject({ seq: 2 });
  });
});

describe('the schema', () => {
  const names = (): unknown[] =>
    db
      .prepare('SELECT name FROM sqlite_schema ORDER BY name')
      .all()
      .map(({ name }) => name);

  test('follows the declared indexes: missing ones come back filled, others go', async () => {
    await store.write(added([image('a', { tags: ['red'] })]));
    const before = names();
    db.exec('DROP TABLE images__of_tags; DROP INDEX images__by_owner_and_state_and_score');
    db.exec('CREATE INDEX images__by_old ON images (owner); DROP TRIGGER journal__no_delete');
    await reopened();
    expect(names()).toEqual(before);
    expect(await store.count('images', { where: { tags: { has: 'red' } } })).toBe(1);
  });

  test('brings older rows to today, once, those of the journal as well', async () => {
    await store.write([
      { insert: 'images', row: image('a', { tags: ['old'] }) },
      { insert: 'journal', row: entry(1) },
    ]);
    let calls = 0;
    const step = (collection: string, row: { readonly id: string; readonly revision: number }) => {
      calls += 1;
      if (collection === 'journal') return { ...row, details: { more: 1 } };
      return { ...row, tags: ['new'], owner: 'ben' };
    };
    migrate(db, [...MIGRATIONS, () => step]);
    migrate(db, [...MIGRATIONS, () => step]);
    expect(calls).toBe(2);
    expect(await store.get('journal', entry(1).id)).toMatchObject({ details: { more: 1 }, revision: 1 });
    expect(await store.count('images', { where: { owner: 'ben', tags: { has: 'new' } } })).toBe(1);
    expect(await store.count('images', { where: { tags: { has: 'old' } } })).toBe(0);
    expect(() => openSqlite(path)).toThrow('a newer Vitrine wrote it');
  });
});

describe('E8 trouble', () => {
  test('a database that another process keeps locked is unavailable, and comes back', async () => {
    db.exec('BEGIN IMMEDIATE');
    const attempt = store.write([{ insert: 'albums', row: album('a') }]);
    await expect(attempt).rejects.toMatchObject({
      code: 'store_unavailable',
      status: 503,
      extras: { retry_after_s: 2 },
    });
    await expect(store.check()).rejects.toMatchObject({ code: 'store_unavailable' });
    db.exec('ROLLBACK');
    await store.write([{ insert: 'albums', row: album('a') }]);
    await expect(store.check()).resolves.toBeUndefined();
  });

  test('a full disk is told as such, and nothing half-written is kept', () => {
    const small = new DatabaseSync(join(home, 'small.db'));
    migrate(small);
    small.exec(
      `PRAGMA max_page_count = ${String(Number(small.prepare('PRAGMA page_count').get()?.['page_count']) + 2)}`,
    );
    const insert = small.prepare('INSERT INTO albums (id, revision, doc) VALUES (?, 1, ?)');
    const doc = JSON.stringify(album('a', { description: 'x'.repeat(50_000) }));
    let failure: unknown;
    try {
      insert.run('a', doc);
    } catch (error) {
      failure = asProblem(error);
    }
    expect(small.prepare('SELECT count(*) AS total FROM albums').get()?.['total']).toBe(0);
    small.close();
    expect(failure).toMatchObject({ code: 'storage_full', status: 507 });
  });

  test('a file that cannot be opened, or is no database, is unavailable', () => {
    const garbage = join(home, 'garbage.db');
    writeFileSync(garbage, 'not a database, but long enough to look at. '.repeat(50));
    const unavailable = expect.objectContaining({ code: 'store_unavailable' }) as Error;
    expect(() => openSqlite(garbage)).toThrow(unavailable);
    expect(() => openSqlite(join(home, 'no such folder', 'store.db'))).toThrow(unavailable);
  });
});
