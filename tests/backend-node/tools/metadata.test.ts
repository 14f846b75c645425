import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqlite } from '../../../backend-node/src/store/sqlite.ts';
import type { Store } from '../../../backend-node/src/store/store.ts';
import { WireServer } from '../store/databases.ts';
import type { RecipeRow, VersionRow } from '../../../backend-node/src/store/rows.ts';
import { album, image } from '../store/sample.ts';
import { program, type Ending } from './program.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-tools-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (verb: string, input?: string, data_dir = folder): Promise<Ending> =>
  program('metadata', verb, { VITRINE_DATA_DIR: data_dir, TMPDIR: folder }, input);
const database = (data_dir = folder): string => join(data_dir, 'metadata.sqlite');

async function filled(work: (store: Store) => Promise<void>): Promise<void> {
  const store = openSqlite(database());
  await work(store);
  await store.close();
}

const version = (id: string, given: Partial<VersionRow>): VersionRow => ({
  id,
  revision: 1,
  owner: 'anna',
  image: '',
  number: 1,
  created_at: '',
  created_by: 'anna',
  preset: '',
  recipe: {},
  blob: 'r',
  mask_blob: 'm',
  source_mask_blob: 's',
  thumb: 't',
  review_state: '',
  rendered: {},
  blobs: [],
  ...given,
});

const recipe = (id: string, given: Partial<RecipeRow>): RecipeRow => ({
  id,
  revision: 1,
  owner: 'anna',
  name: id,
  description: '',
  recipe: {},
  shared: 'no',
  created_at: '',
  updated_at: '',
  blobs: [],
  ...given,
});

const someRows = (): Promise<void> =>
  filled((store) =>
    store.write([
      { insert: 'images', row: image('i1', { blobs: ['a1', 'a2'], title: 'Vase \u2028 für „dich“ \ud800' }) },
      { insert: 'images', row: image('i2', { blobs: ['b1'] }) },
      { insert: 'albums', row: album('one') },
      { insert: 'released', row: { id: 'gone', released_at: '2026-01-01T00:00:00.000Z' } },
    ]),
  );

test('what was exported comes back as it was, and replaces what is there', async () => {
  await someRows();
  const { out } = await run('export');
  const elsewhere = join(folder, 'elsewhere');
  expect(await run('import', out, elsewhere)).toMatchObject({ code: 0, out: '4\n' });
  expect((await run('export', '', elsewhere)).out).toBe(out);
  await filled((store) => store.write([{ insert: 'albums', row: album('two') }]));
  expect(await run('import', out)).toMatchObject({ code: 0 });
  expect((await run('export')).out).toBe(out);
});

test('reads while a gateway has the database open', async () => {
  await someRows();
  const store = openSqlite(database());
  await store.write([{ insert: 'albums', row: album('two') }]);
  const told = await run('count');
  await store.close();
  expect(told).toEqual({ code: 0, out: '5\n', complaint: '' });
});

test('an export shows one moment, whoever writes meanwhile', async () => {
  const store = openSqlite(database());
  let written = 0;
  const running = { stop: false };
  const writing = (async () => {
    while (!running.stop) {
      written += 1;
      await store.write([
        { insert: 'images', row: image(`i${written}`) },
        { insert: 'albums', row: album(`a${written}`) },
      ]);
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  const exports = [await run('export'), await run('export')];
  running.stop = true;
  await writing;
  await store.close();
  for (const { code, out } of exports) {
    expect(code).toBe(0);
    expect(out.match(/^\["images"/gm)?.length ?? 0).toBe(out.match(/^\["albums"/gm)?.length ?? 0);
  }
  expect(exports[1]?.out.length).toBeGreaterThan(exports[0]?.out.length ?? 0);
});

test.skipIf(WireServer.missing !== undefined)('what SQLite gave, MongoDB takes, and gives again', async () => {
  await someRows();
  const { out } = await run('export');
  const server = await WireServer.prepare();
  await server.start();
  const there = (verb: string, input?: string): Promise<Ending> =>
    program('metadata', verb, { VITRINE_DATA_DIR: join(folder, 'none'), MONGODB_URI: server.uri('moved') }, input);
  try {
    expect(await there('import', out)).toMatchObject({ code: 0, complaint: '' });
    expect((await there('export')).out).toBe(out);
    expect((await there('count')).out).toBe('4\n');
  } finally {
    await server.end();
  }
});

test('lists the blobs that rows need, and apart from them those about to go', async () => {
  await someRows();
  expect((await run('references')).out.split('\n').sort()).toEqual(['', 'a1', 'a2', 'b1']);
  expect((await run('released')).out).toBe('gone\n');
});

test('tells which picture or recipe each blob is of', async () => {
  await filled((store) =>
    store.write([
      { insert: 'images', row: image('i1', { name: 'Vase.jpg', blob: 'a1', thumb: 'a2', blobs: ['a1', 'a2'] }) },
      { insert: 'images', row: image('i2', { owner: 'bob', blob: 'a1', blobs: ['a1'] }) },
      { insert: 'versions', row: version('v3', { image: 'i1', number: 3, blobs: ['r', 't', 'm', 's', 'logo'] }) },
      { insert: 'recipes', row: recipe('p1', { name: 'White', blobs: ['logo'] }) },
    ]),
  );
  const { code, out } = await run('holders', 'a1\na2\nr\nt\nm\ns\nlogo\nunknown\n');
  expect(code).toBe(0);
  const [vase, white] = [
    { id: 'i1', name: 'Vase.jpg' },
    { id: 'p1', name: 'White' },
  ];
  const told = out.trimEnd().split('\n');
  expect(told.map((line) => JSON.parse(line) as unknown)).toEqual([
    { blob: 'a1', what: 'original', ...vase },
    { blob: 'a2', what: 'thumb', ...vase },
    { blob: 'a1', what: 'original', id: 'i2', name: 'i2.jpg' },
    { blob: 'r', what: 'version 3', ...vase },
    { blob: 't', what: 'thumb of version 3', ...vase },
    { blob: 'm', what: 'mask of version 3', ...vase },
    { blob: 's', what: 'mask of version 3', ...vase },
    { blob: 'logo', what: 'picture in the recipe of version 3', ...vase },
    { blob: 'logo', what: 'recipe', ...white },
  ]);
  const many = Array.from({ length: 1000 }, (_, at) => `x${at}`).join('\n');
  expect((await run('holders', `${many}\na2`)).out).toBe(`${told[1]}\n`);
});

test('says so where there is no metadata, and makes none', async () => {
  for (const verb of ['export', 'count', 'references', 'released', 'holders']) {
    expect(await run(verb)).toEqual({ code: 3, out: '', complaint: '' });
  }
  expect(existsSync(database())).toBe(false);
});

test('E9 a dump that is cut off or altered anywhere changes nothing', async () => {
  await someRows();
  const { out } = await run('export');
  await filled((store) => store.write([{ insert: 'albums', row: album('two') }]));
  const before = (await run('export')).out;
  const lines = out.trimEnd().split('\n');
  const bad = {
    empty: '',
    'without its trailer': `${lines.slice(0, -1).join('\n')}\n`,
    'without a row': `${lines.toSpliced(2, 1).join('\n')}\n`,
    'cut in a row': out.slice(0, out.length / 2),
    altered: out.replace('i2.jpg', 'i3.jpg'),
    'of another format': out.replace('"format":1', '"format":2'),
  };
  for (const [what, text] of Object.entries(bad)) {
    const told = await run('import', text);
    expect(told, what).toMatchObject({ code: 1, out: '' });
    expect(told.complaint, what).toMatch(/^Expected metadata .*\n$/);
  }
  expect((await run('export')).out).toBe(before);
});

test('leaves no files of the moment behind', async () => {
  await someRows();
  const { out } = await run('export');
  await run('import', out);
  await run('import', out.slice(0, 100));
  expect(readdirSync(folder).filter((name) => !name.startsWith('metadata.sqlite'))).toEqual([]);
});

test('the exported text has no line break within a row', async () => {
  await someRows();
  const rows = (await run('export')).out.trimEnd().split('\n');
  for (const row of rows) expect(() => JSON.parse(row) as unknown).not.toThrow();
  expect(readFileSync(database()).subarray(0, 6).toString()).toBe('SQLite');
});

test('refuses a verb it does not know', async () => {
  expect(await run('destroy')).toMatchObject({ code: 1, out: '' });
});
