import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Collection, ImageRow, Row } from '../../../backend-node/src/store/rows.ts';
import { every, first, type Query, type Store } from '../../../backend-node/src/store/store.ts';
import { overTheWire, realServer, sqlite, type Database } from './databases.ts';
import { inOrder, matching } from './reference.ts';
import { added, album, entry, image } from './sample.ts';

const databases: readonly Database[] = [sqlite(), overTheWire(false), overTheWire(true), realServer()];

async function* stream(...rows: (readonly [Collection, Row])[]): AsyncGenerator<readonly [Collection, Row]> {
  yield* rows;
  await Promise.resolve();
}

async function collected<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

const ids = (rows: readonly Pick<Row, 'id'>[]): string[] => rows.map(({ id }) => id);

for (const database of databases) {
  const title = database.missing === undefined ? database.title : `${database.title}: ${database.missing}`;

  describe.skipIf(database.missing !== undefined)(title, () => {
    let names = 0;
    let store: Store;
    const opened: Store[] = [];

    const open = (name: string): Store => {
      store = database.open(name);
      opened.push(store);
      return store;
    };
    const fresh = (): Store => open(`fresh${String((names += 1))}`);
    const found = async (query: Query<ImageRow>): Promise<string[]> => ids((await store.find('images', query)).rows);

    beforeAll(() => database.start());
    afterEach(async () => {
      for (const each of opened.splice(0)) await each.close();
    });
    afterAll(() => database.stop());

    describe('writing', () => {
      test('gives back a row as it was inserted, with revision 1', async () => {
        const row = image('a', { tags: ['red'], facts: { nested: { list: [1, 2.5, null, true], '': 'no name' } } });
        await fresh().write([{ insert: 'images', row }]);
        expect(await store.get('images', 'a')).toEqual({ ...row, revision: 1 });
        expect(await store.get('images', 'b')).toBeUndefined();
      });

      test('counts revisions with each update', async () => {
        await fresh().write([{ insert: 'albums', row: album('a') }]);
        await store.write([{ update: 'albums', row: { ...album('a', { name: 'second' }), revision: 1 } }]);
        await store.write([{ update: 'albums', row: { ...album('a', { name: 'third' }), revision: 2 } }]);
        expect(await store.get('albums', 'a')).toEqual({ ...album('a', { name: 'third' }), revision: 3 });
      });

      test('refuses a stale update and a stale removal', async () => {
        await fresh().write([{ insert: 'albums', row: album('a') }]);
        await store.write([{ update: 'albums', row: { ...album('a'), revision: 1 } }]);
        const stale = { name: 'WriteConflict', kind: 'stale', collection: 'albums', id: 'a' };
        const old = { ...album('a', { name: 'lost' }), revision: 1 };
        await expect(store.write([{ update: 'albums', row: old }])).rejects.toMatchObject(stale);
        await expect(store.write([{ remove: 'albums', id: 'a', revision: 1 }])).rejects.toMatchObject(stale);
        expect(await store.get('albums', 'a')).toMatchObject({ name: 'a', revision: 2 });
      });

      test('refuses to update and to remove what is not there', async () => {
        const stale = { kind: 'stale', id: 'none' };
        await expect(
          fresh().write([{ update: 'albums', row: { ...album('none'), revision: 1 } }]),
        ).rejects.toMatchObject(stale);
        await expect(store.write([{ remove: 'albums', id: 'none' }])).rejects.toMatchObject(stale);
      });

      test('removes by id, with or without a revision', async () => {
        await fresh().write([
          { insert: 'albums', row: album('a') },
          { insert: 'albums', row: album('b') },
        ]);
        await store.write([
          { remove: 'albums', id: 'a' },
          { remove: 'albums', id: 'b', revision: 1 },
        ]);
        expect(await store.count('albums', {})).toBe(0);
      });

      test('refuses a second row with the same id, or with the same unique fields', async () => {
        await fresh().write([
          { insert: 'images', row: image('a') },
          { insert: 'images', row: image('b') },
        ]);
        const duplicate = { name: 'WriteConflict', kind: 'duplicate', collection: 'images' };
        await expect(store.write([{ insert: 'images', row: image('a', { blob: 'x' }) }])).rejects.toMatchObject(
          duplicate,
        );
        await expect(store.write([{ insert: 'images', row: image('c', { blob: 'blob-a' }) }])).rejects.toMatchObject({
          ...duplicate,
          id: 'c',
        });
        const taken = { ...image('b', { blob: 'blob-a' }), revision: 1 };
        await expect(store.write([{ update: 'images', row: taken }])).rejects.toMatchObject(duplicate);
        await store.write([{ insert: 'images', row: image('d', { blob: 'blob-a', owner: 'ben' }) }]);
        expect(await store.count('images', {})).toBe(3);
      });

      test('keeps nothing of a write whose last change conflicts', async () => {
        await fresh().write([
          { insert: 'albums', row: album('kept') },
          { insert: 'albums', row: album('changed') },
          { insert: 'albums', row: album('last') },
        ]);
        const before = await collected(store.all('albums'));
        const failing = store.write([
          { insert: 'albums', row: album('new') },
          { update: 'albums', row: { ...album('changed', { name: 'other' }), revision: 1 } },
          { remove: 'albums', id: 'kept' },
          { insert: 'journal', row: entry(1) },
          { update: 'albums', row: { ...album('last'), revision: 9 } },
        ]);
        await expect(failing).rejects.toMatchObject({ kind: 'stale', id: 'last' });
        expect(await collected(store.all('albums'))).toEqual(before);
        expect(await store.count('journal', {})).toBe(0);
      });

      test('does several changes of one row in the order given', async () => {
        await fresh().write([
          { insert: 'albums', row: album('a') },
          { update: 'albums', row: { ...album('a', { name: 'b' }), revision: 1 } },
          { remove: 'albums', id: 'a', revision: 2 },
          { insert: 'albums', row: album('a', { name: 'again' }) },
        ]);
        expect(await store.get('albums', 'a')).toMatchObject({ name: 'again', revision: 1 });
      });

      test('lets one of many writers of the same revision win', async () => {
        await fresh().write([{ insert: 'albums', row: album('a') }]);
        const attempts = Array.from({ length: 8 }, (_, name) =>
          store.write([{ update: 'albums', row: { ...album('a', { name: String(name) }), revision: 1 } }]),
        );
        const outcomes = await Promise.allSettled(attempts);
        expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        expect(await store.get('albums', 'a')).toMatchObject({ revision: 2 });
      });

      test('E4 never changes the journal', async () => {
        await fresh().write([{ insert: 'journal', row: entry(1) }]);
        await expect(store.write([{ update: 'journal', row: { ...entry(1), revision: 1 } }])).rejects.toThrow(
          'only to grow',
        );
        await expect(store.write([{ remove: 'journal', id: entry(1).id }])).rejects.toThrow('only to grow');
        await expect(store.write([{ insert: 'journal', row: { ...entry(1), id: 'other' } }])).rejects.toMatchObject({
          kind: 'duplicate',
        });
        expect(await store.get('journal', entry(1).id)).toEqual({ ...entry(1), revision: 1 });
      });

      test('keeps what was written when it is opened again', async () => {
        const name = `kept${String((names += 1))}`;
        await open(name).write([{ insert: 'images', row: image('a', { tags: ['red'] }) }]);
        await store.close();
        open(name);
        expect(await found({ where: { tags: { has: 'red' } }, words: ['a'] })).toEqual(['a']);
      });
    });

    describe('asking', () => {
      const rows = [
        image('a', {
          score: 1,
          tags: ['red', 'shoe'],
          state: 'active',
          name: 'Résumé shoe.png',
          uploaded_at: '2026-01-03',
        }),
        image('b', { score: 2, tags: ['blue'], state: 'trashed', name: 'shoelace_02.jpg', uploaded_at: '2026-01-01' }),
        image('c', { score: 2, tags: [], state: 'active', name: 'ЁЛКА große 😀 tree', uploaded_at: '2026-01-02' }),
        image('d', {
          score: 10,
          tags: ['red'],
          state: 'active',
          name: 'horse',
          uploaded_at: '2026-01-02',
          owner: 'ben',
        }),
      ];
      const filled = (): Promise<void> => fresh().write(added(rows));

      test('every kind of condition', async () => {
        await filled();
        expect(await found({})).toEqual(['a', 'b', 'c', 'd']);
        expect(await found({ where: { owner: 'ben' } })).toEqual(['d']);
        expect(await found({ where: { score: 2 } })).toEqual(['b', 'c']);
        expect(await found({ where: { id: { in: ['d', 'a', 'none'] } } })).toEqual(['a', 'd']);
        expect(await found({ where: { score: { in: [1, 10] } } })).toEqual(['a', 'd']);
        expect(await found({ where: { score: { in: [] } } })).toEqual([]);
        expect(await found({ where: { score: { from: 2 } } })).toEqual(['b', 'c', 'd']);
        expect(await found({ where: { score: { to: 2 } } })).toEqual(['a']);
        expect(await found({ where: { score: { from: 2, to: 10 } } })).toEqual(['b', 'c']);
        expect(await found({ where: { score: {} } })).toEqual(['a', 'b', 'c', 'd']);
        expect(await found({ where: { uploaded_at: { from: '2026-01-02', to: '2026-01-03' } } })).toEqual(['c', 'd']);
        expect(await found({ where: { tags: { has: 'red' } } })).toEqual(['a', 'd']);
        expect(await found({ where: { tags: { has_any: ['shoe', 'blue'] } } })).toEqual(['a', 'b']);
        expect(await found({ where: { tags: { has_any: [] } } })).toEqual([]);
        expect(await found({ where: { owner: 'anna', state: 'active', tags: { has: 'red' } } })).toEqual(['a']);
        expect(await found({ where: { format: 'jpeg', width: { from: 11 } } })).toEqual([]);
      });

      test('a list without an index of its own', async () => {
        const key = { owner: 'anna', name: '', hash: '', hint: '', created_at: '', used_at: '', expires_at: '' };
        await fresh().write([
          { insert: 'api_keys', row: { ...key, id: 'a', scopes: ['process', 'admin'] } },
          { insert: 'api_keys', row: { ...key, id: 'b', scopes: [] } },
        ]);
        expect(await store.count('api_keys', { where: { scopes: { has: 'admin' } } })).toBe(1);
      });

      test('words by their beginnings, without accents, all of them', async () => {
        await filled();
        expect(await found({ words: ['shoe'] })).toEqual(['a', 'b']);
        expect(await found({ words: ['sho', 'resu'] })).toEqual(['a']);
        expect(await found({ words: ['RÉSUMÉ'] })).toEqual(['a']);
        expect(await found({ words: ['елк'] })).toEqual(['c']);
        expect(await found({ words: ['gro'] })).toEqual(['c']);
        expect(await found({ words: ['hoe'] })).toEqual([]);
        expect(await found({ words: ['02'], where: { state: 'trashed' } })).toEqual(['b']);
        expect(await found({ words: ['%'] })).toEqual(['a', 'b', 'c', 'd']);
      });

      test('forgets the words and members that an update took away', async () => {
        await filled();
        const row = { ...image('a', { name: 'boot', tags: ['green'] }), revision: 1 };
        await store.write([{ update: 'images', row }]);
        expect(await found({ words: ['shoe'] })).toEqual(['b']);
        expect(await found({ words: ['boot'] })).toEqual(['a']);
        expect(await found({ where: { tags: { has: 'red' } } })).toEqual(['d']);
        await store.write([{ remove: 'images', id: 'a' }]);
        expect(await found({ words: ['boot'] })).toEqual([]);
        expect(await found({ where: { tags: { has: 'green' } } })).toEqual([]);
      });

      test('orders, with ties by id in the same direction', async () => {
        await filled();
        expect(await found({ order: ['score', 'asc'] })).toEqual(['a', 'b', 'c', 'd']);
        expect(await found({ order: ['score', 'desc'] })).toEqual(['d', 'c', 'b', 'a']);
        expect(await found({ order: ['id', 'desc'] })).toEqual(['d', 'c', 'b', 'a']);
        expect(await found({ where: { state: 'active' }, order: ['uploaded_at', 'desc'] })).toEqual(['a', 'd', 'c']);
        expect(await found({ where: { owner: 'anna', state: 'active' }, order: ['uploaded_at', 'asc'] })).toEqual([
          'c',
          'a',
        ]);
        expect(await found({ order: ['name', 'asc'] })).toEqual(['a', 'd', 'b', 'c']);
        expect(await found({ order: ['format', 'desc'] })).toEqual(['d', 'c', 'b', 'a']);
      });

      test('counts and finds the first', async () => {
        await filled();
        expect(await store.count('images', {})).toBe(4);
        expect(await store.count('images', { where: { owner: 'anna', score: 2 } })).toBe(2);
        expect(await store.count('images', { where: { owner: 'nobody' } })).toBe(0);
        expect(await store.count('images', { where: { tags: { has: 'red' } }, words: ['hor'] })).toBe(1);
        expect(await first(store, 'images', { order: ['score', 'desc'] })).toMatchObject({ id: 'd' });
        expect(await first(store, 'images', { where: { owner: 'nobody' } })).toBeUndefined();
      });

      test('a limit, and where the next page begins', async () => {
        await filled();
        const page = await store.find('images', { order: ['score', 'asc'], limit: 2 });
        expect(ids(page.rows)).toEqual(['a', 'b']);
        expect(page.next).toEqual({ value: 2, id: 'b' });
        const second = await store.find('images', { order: ['score', 'asc'], limit: 2, after: { value: 2, id: 'b' } });
        expect(ids(second.rows)).toEqual(['c', 'd']);
        expect(second.next).toBeUndefined();
      });

      test('D6 refuses operators and whatever else is no value', async () => {
        await filled();
        const hostile: unknown[] = [
          { $ne: null },
          { $gt: '' },
          { in: [{ $ne: '' }] },
          { has: 'a', in: [] },
          null,
          ['a'],
          NaN,
        ];
        for (const owner of [...hostile, undefined]) {
          const where = JSON.parse('{}') as Query<ImageRow>['where'];
          await expect(store.find('images', { where: Object.assign({}, where, { owner }) })).rejects.toThrow(TypeError);
          await expect(store.count('images', { where: Object.assign({}, where, { owner }) })).rejects.toThrow(
            TypeError,
          );
        }
        for (const name of ['$where', 'a.b', "x') OR 1=1 --", 'doc"', '__proto__x']) {
          await expect(store.find('images', { where: Object.fromEntries([[name, 'x']]) })).rejects.toThrow(TypeError);
        }
        await expect(store.find('images', { limit: 0 })).rejects.toThrow(TypeError);
        await expect(store.find('images', { limit: 1e9 })).rejects.toThrow(TypeError);
        await expect(store.find('albums', { words: ['x'] })).rejects.toThrow(TypeError);
      });
    });

    describe('telling less than whole rows', () => {
      const rows = [
        image('a', { score: 2, tags: ['red', 'shoe'], format: 'png', facts: { text: '', more: [1, null] } }),
        image('b', { score: 1, tags: ['red'], shown: { width: 3, height: 4, thumbhash: 'x' } }),
        image('c', { score: 2, tags: ['Red', 'é', '"'], name: 'c' }),
        image('d', { score: 3, tags: [] }),
        image('e', { owner: 'ben', tags: ['secret', 'red'], format: 'secret' }),
        image('f', { state: 'trashed', tags: ['old', 'red'], format: 'old' }),
      ];
      const mine = { owner: 'anna', state: 'active' } as const;

      test('some fields, in the same order and pages as whole rows', async () => {
        await fresh().write(added(rows));
        const query: Query<ImageRow> = { where: mine, order: ['score', 'desc'], limit: 3 };
        const page = await store.findFields('images', ['shown', 'facts', 'name', 'tags'], query);
        expect(ids(page.rows)).toEqual(['d', 'c', 'a']);
        for (const { id, shown, facts, name, tags } of page.rows) {
          expect(await store.get('images', id)).toMatchObject({ shown, facts, name, tags });
        }
        expect(page.rows[0]).not.toHaveProperty('words');
        expect(page.next).toEqual({ value: 2, id: 'a' });
        const second = await store.findFields('images', ['shown'], { ...query, after: page.next });
        expect(second.rows).toMatchObject([{ id: 'b', shown: { width: 3, height: 4, thumbhash: 'x' } }]);
        expect(second.next).toBeUndefined();
        expect((await store.findFields('images', ['shown'], { words: ['nothing'] })).rows).toEqual([]);
      });

      test('how many rows have each value, and each member of a list', async () => {
        await fresh().write(added(rows));
        expect(await store.tally('images', 'format', { where: mine, limit: 10 })).toEqual([
          { value: 'jpeg', count: 3 },
          { value: 'png', count: 1 },
        ]);
        expect(await store.tally('images', 'score', { where: mine, limit: 10 })).toEqual([
          { value: 2, count: 2 },
          { value: 1, count: 1 },
          { value: 3, count: 1 },
        ]);
        const tags = [
          { value: 'red', count: 2 },
          { value: '"', count: 1 },
          { value: 'Red', count: 1 },
          { value: 'shoe', count: 1 },
          { value: 'é', count: 1 },
        ];
        expect(await store.tally('images', 'tags', { where: mine, limit: 10 })).toEqual(tags);
        expect(await store.tally('images', 'tags', { where: mine, limit: 2 })).toEqual(tags.slice(0, 2));
        const nobody = { owner: 'nobody', state: 'active' } as const;
        expect(await store.tally('images', 'tags', { where: nobody, limit: 10 })).toEqual([]);
        expect(await store.tally('images', 'format', { where: nobody, limit: 10 })).toEqual([]);
      });

      test('a tally that no index helps is refused, and so is what is no field or no value', async () => {
        await fresh().write(added(rows));
        const attempts = [
          () => store.tally('images', 'title', { where: mine, limit: 10 }),
          () => store.tally('images', 'format', { where: { owner: 'anna', sku: '' }, limit: 10 }),
          () => store.tally('images', 'tags', { where: { ...mine, title: '' }, limit: 10 }),
          () => store.tally('images', 'tags', { where: JSON.parse('{"owner": {"$ne": 1}}') as object, limit: 10 }),
          () => store.findFields('images', ['shown', "x') --" as 'shown'], { where: mine }),
        ];
        for (const attempt of attempts) await expect(attempt()).rejects.toThrow(TypeError);
      });
    });

    describe('hostile and foreign text', () => {
      const texts = [
        '',
        ' ',
        "'; DROP TABLE images; --",
        '"',
        '$ne',
        '{"$gt":""}',
        '%_\\*?[a]',
        'a.b',
        '__proto__',
        '🇩🇪👩‍👩‍👧😀',
        'עברית ‮RTL',
        '\u{10ffff}',
        '\ud7ff',
        '\uffff',
        'line\nline\ttab',
        'x'.repeat(10_000),
      ];

      test('comes back as it was, and is found by equality, in lists and in order', async () => {
        const rows = texts.map((text, at) =>
          image(`id ${text} ${String(at)}`, { sku: text, tags: [text], facts: { text, nested: { [text]: text } } }),
        );
        await fresh().write(added(rows));
        for (const [at, text] of texts.entries()) {
          expect(await store.get('images', `id ${text} ${String(at)}`)).toEqual({ ...rows[at], revision: 1 });
          expect(await found({ where: { sku: text } })).toEqual([rows[at]?.id]);
          expect(await found({ where: { tags: { has: text } } })).toEqual([rows[at]?.id]);
        }
        const whole = (await store.find('images', { where: { owner: 'anna', state: 'active' }, order: ['sku', 'asc'] }))
          .rows;
        expect(ids(whole)).toEqual(ids(inOrder(whole, ['sku', 'asc'])));
      });

      test('the character NUL is kept, half a surrogate pair becomes U+FFFD', async () => {
        await fresh().write([{ insert: 'albums', row: album('a', { name: 'a\0b', description: 'x\ud800y' }) }]);
        expect(await store.get('albums', 'a')).toMatchObject({ name: 'a\0b', description: 'x\ufffdy' });
      });

      test('what looks like a column or an operator stays a key of its object', async () => {
        const facts = { doc: 1, $set: { a: 1 }, 'a.b': 2, _id: 'x', n: 3 };
        await fresh().write([{ insert: 'images', row: image('a', { facts }) }]);
        expect((await store.get('images', 'a'))?.facts).toEqual(facts);
      });
    });

    describe('walking', () => {
      const ten = Array.from({ length: 1200 }, (_, at) =>
        image(String(at).padStart(4, '0'), { score: at % 7, uploaded_at: `2026-${String(at % 3)}` }),
      );

      test('meets each row exactly once, in order', async () => {
        await fresh().write(added(ten));
        const query: Query<ImageRow> = { where: { owner: 'anna', state: 'active' }, order: ['score', 'desc'] };
        const walked = await collected(every(store, 'images', query));
        expect(ids(walked)).toEqual(ids(inOrder(walked, ['score', 'desc'])));
        expect(new Set(ids(walked)).size).toBe(1200);
        expect(ids(await collected(store.all('images')))).toEqual(ids(ten));
      });

      test('meets what stays exactly once while rows come and go', async () => {
        await fresh().write(added(ten.slice(0, 300)));
        const query: Query<ImageRow> = {
          where: { owner: 'anna', state: 'active' },
          order: ['uploaded_at', 'desc'],
          limit: 20,
        };
        const walked: string[] = [];
        let page = await store.find('images', query);
        for (let at = 0; ; at += 1) {
          walked.push(...ids(page.rows));
          const gone = page.rows.at(-1)?.id ?? '';
          await store.write([
            { remove: 'images', id: gone },
            { insert: 'images', row: image(`new${String(at)}`, { uploaded_at: '2027' }) },
          ]);
          if (!page.next) break;
          page = await store.find('images', { ...query, after: page.next });
        }
        expect(walked).toHaveLength(300);
        expect(new Set(walked)).toEqual(new Set(ids(ten.slice(0, 300))));
      });
    });

    describe('restoring', () => {
      test('replaces everything and keeps the revisions', async () => {
        await fresh().write([
          { insert: 'albums', row: album('old') },
          { insert: 'journal', row: entry(1) },
          { insert: 'images', row: image('old', { tags: ['red'] }) },
        ]);
        const kept = { ...image('new', { tags: ['blue'], name: 'boot' }), revision: 7 };
        const last = { ...entry(3), revision: 1 };
        await store.load(stream(['images', kept], ['journal', { ...entry(2), revision: 1 }], ['journal', last]));
        expect(await store.get('albums', 'old')).toBeUndefined();
        expect(await collected(store.all('images'))).toEqual([kept]);
        expect(ids(await collected(store.all('journal')))).toEqual([entry(2).id, entry(3).id]);
        expect(await found({ where: { tags: { has: 'red' } } })).toEqual([]);
        expect(await found({ where: { tags: { has: 'blue' } }, words: ['boo'] })).toEqual(['new']);
        await store.write([{ update: 'images', row: kept }]);
        await expect(store.write([{ update: 'journal', row: last }])).rejects.toThrow('only to grow');
      });

      test('E9 changes nothing where the rows end in an error, or contradict each other', async () => {
        await fresh().write([
          { insert: 'albums', row: album('old') },
          { insert: 'journal', row: entry(1) },
        ]);
        async function* broken(): AsyncGenerator<readonly [Collection, Row]> {
          for (let at = 0; at < 1100; at += 1) yield ['albums', { ...album(`new${String(at)}`), revision: 1 }];
          await Promise.reject(new Error('the archive ends here'));
        }
        await expect(store.load(broken())).rejects.toThrow('the archive ends here');
        const twice = { ...entry(5), revision: 1 };
        const same = stream(['journal', twice], ['journal', { ...twice, id: 'other' }]);
        await expect(store.load(same)).rejects.toMatchObject({ kind: 'duplicate' });
        const unknown = JSON.parse('["nothing", {"id": "a", "revision": 1}]') as readonly [Collection, Row];
        await expect(store.load(stream(unknown))).rejects.toThrow('known collections');
        await expect(store.load(stream(['albums', { id: 'a', revision: 0 }]))).rejects.toThrow('revision');
        expect(ids(await collected(store.all('albums')))).toEqual(['old']);
        expect(ids(await collected(store.all('journal')))).toEqual([entry(1).id]);
        await store.write([{ insert: 'albums', row: album('new') }]);
      });

      test('who reads meanwhile sees what was there before, who writes is told to come back', async () => {
        await fresh().write([{ insert: 'albums', row: album('old') }]);
        const seen: unknown[] = [];
        async function* slow(): AsyncGenerator<readonly [Collection, Row]> {
          yield ['albums', { ...album('new'), revision: 1 }];
          seen.push(ids(await collected(store.all('albums'))));
          const refusal = await store
            .write([{ insert: 'albums', row: album('lost') }])
            .catch((error: unknown) => error);
          seen.push(refusal);
        }
        await store.load(slow());
        expect(seen).toMatchObject([['old'], { code: 'store_unavailable', extras: { retry_after_s: 30 } }]);
        expect(ids(await collected(store.all('albums')))).toEqual(['new']);
      });
    });

    test('says that it can be read and written', async () => {
      await expect(fresh().check()).resolves.toBeUndefined();
    });

    test('agrees with a plain filter on random rows and questions', async () => {
      const random = seeded(20260);
      const pick = <const T extends readonly [unknown, ...unknown[]]>(values: T): T[number] =>
        values[Math.floor(random() * values.length)] ?? values[0];
      const some = <T>(values: readonly T[]): T[] => values.filter(() => random() < 0.4);
      const words = ['shoe', 'shoes', 'sh', 'red', 'rot', '02', 'élan', 'ж', '中文'];
      const owners = ['anna', 'ben', 'Ben', ''] as const;
      const scores = [0, 1, 2, 2.5, -1, 1e12] as const;
      const second = database.timesAreText ? '2026-01-01T10:00:00' : 'at 10:00:00';
      const dates = ['', `${second}.000Z`, `${second}.001Z`, `${second}.002Z`, 'z'] as const;
      const rows = Array.from({ length: 400 }, (_, at) =>
        image(`${pick(['a', 'B', 'é', '😀'])}${String(at)}`, {
          owner: pick(owners),
          state: pick(['active', 'trashed']),
          score: pick(scores),
          uploaded_at: pick(dates),
          sku: pick(['', 'A', 'a', 'ä', '😀', '\uffee']),
          review_state: pick(['original', 'approved']),
          tags: some(['red', 'blue', 'RED', '$', '']),
          albums: some(['one', 'two']),
          words: some(words),
        }),
      );
      await fresh().write(added(rows));
      const stored: ImageRow[] = rows.map((row) => ({ ...row, revision: 1 }));

      const where = (): Record<string, unknown> =>
        Object.fromEntries<unknown>(
          some([
            ['owner', pick([pick(owners), { in: some(owners) }])],
            ['state', pick(['active', 'trashed', { in: ['active', 'trashed'] }])],
            [
              'score',
              pick([pick(scores), { from: pick(scores) }, { to: pick(scores) }, { from: -1, to: pick(scores) }]),
            ],
            ['uploaded_at', pick([pick(dates), { from: pick(dates), to: 'y' }])],
            ['review_state', pick(['original', { in: ['approved'] }])],
            ['tags', pick([{ has: 'red' }, { has: '$' }, { has_any: ['blue', 'none', ''] }])],
            ['albums', { has_any: some(['one', 'two']) }],
          ] as const),
        );
      const orders = ['id', 'uploaded_at', 'score', 'sku', 'name', 'review_state', 'blob'] as const;

      for (let round = 0; round < 150; round += 1) {
        const order = [pick(orders), pick(['asc', 'desc'])] as const;
        const query: Query<ImageRow> = {
          where: where(),
          words: random() < 0.3 ? [pick(['sh', 'r', '0', 'e', '中'])] : [],
        };
        const expected = inOrder(matching(stored, query), order);
        const walked: string[] = [];
        let page = await store.find('images', { ...query, order, limit: 37 });
        walked.push(...ids(page.rows));
        while (page.next) {
          page = await store.find('images', { ...query, order, limit: 37, after: page.next });
          walked.push(...ids(page.rows));
        }
        expect(walked, JSON.stringify({ ...query, order })).toEqual(ids(expected));
        expect(await store.count('images', query), JSON.stringify(query)).toBe(expected.length);
      }
    });
  });
}

/** The same numbers each time: mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
