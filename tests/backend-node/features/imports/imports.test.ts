/** Imports over HTTP: the real processing service fetches from a server that it may reach. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { createDispatcher } from '../../../../backend-node/src/app.ts';
import type { Batch } from '../../../../backend-node/src/contract/batches.ts';
import type { Import, ImportItem } from '../../../../backend-node/src/contract/imports.ts';
import { Batches } from '../../../../backend-node/src/features/batches/service.ts';
import { Fetching } from '../../../../backend-node/src/features/imports/fetching.ts';
import { AT_ONCE } from '../../../../backend-node/src/ledger/items.ts';
import { png } from '../../photos.ts';
import { startPyservice, type RunningService } from '../../pyservice.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';
import { finished as batchFinished, PLAIN, records, table, warmUp } from '../batches/batch.ts';
import type { Page } from '../images/things.ts';
import { Shop } from './shop.ts';

const RHYTHM = { look_ms: 100, lease_ms: 2000 };
let data_dir: string;
let shop: Shop;
let service: RunningService;
let studio: Studio;
let anna: Client;
let stopWorking: () => Promise<void>;
let seed = 0;

beforeAll(async () => {
  shop = await Shop.open();
  data_dir = mkdtempSync(join(tmpdir(), 'vitrine-imports-'));
  copyFileSync(join(inject('pyservice').data_dir, 'service.secret'), join(data_dir, 'service.secret'));
  service = await startPyservice(data_dir, undefined, { VITRINE_FETCH_ALLOW: shop.place });
  studio = await startStudio({ service_url: service.url });
  await studio.signUp('admin');
  stopWorking = createDispatcher(studio.parts, RHYTHM).start();
  await warmUp(await studio.signUp('warm'));
}, 200_000);
beforeEach(async () => {
  anna = await studio.signUp(`anna${String((seed += 1))}`);
});
afterAll(async () => {
  await stopWorking();
  await studio.stop();
  await service.stop();
  shop.close();
  rmSync(data_dir, { recursive: true, force: true });
});

/** The address of a picture that nobody has. */
function shown(path: string): string {
  seed += 1;
  return shop.put(path, png(20 + (seed % 400), 30 + (seed >> 8), [100, 100, 100]));
}

const begin = (wish: Record<string, unknown>) => anna.json<Import>('POST', '/imports', wish, 202);
const now = ({ id }: { readonly id: string }) => anna.json<Import>('GET', `/imports/${id}`);
const itemsOf = async ({ id }: Import, query = '') =>
  (await anna.json<{ items: ImportItem[] }>('GET', `/imports/${id}/items?limit=200${query}`)).items;
const images = async () => (await anna.json<Page>('GET', '/images?limit=200&sort=name&order=asc')).items;

async function finished(begun: { readonly id: string }): Promise<Import> {
  const latest = Date.now() + 50_000;
  for (;;) {
    const told = await now(begun);
    if (told.ended_at !== '') return told;
    if (Date.now() > latest) throw new Error(`Expected an end, the import is ${JSON.stringify(told)}`);
    await sleep(50);
  }
}

/** Nobody waits for the pause after a failure. */
async function hurry(begun: Import): Promise<void> {
  const { store } = studio.parts;
  const latest = Date.now() + 45_000;
  while ((await now(begun)).ended_at === '') {
    const { rows } = await store.find('items', { where: { job: begun.id, state: 'waiting' } });
    const struck = rows.filter(({ strikes, due_at }) => strikes > 0 && due_at !== AT_ONCE);
    for (const row of struck) await store.write([{ update: 'items', row: { ...row, due_at: AT_ONCE } }]);
    if (Date.now() > latest) throw new Error('waited in vain');
    await sleep(50);
  }
}

describe('what an import takes', () => {
  test('addresses and nothing else', async () => {
    const begun = await begin({ urls: [shown('/one.png'), shown('/two.png')], tags: ['spring'], sku: 'ALL' });
    expect(begun).toMatchObject({ name: 'Addresses', total: 2, batch: '' });
    expect(await finished(begun)).toMatchObject({ state: 'done', counts: { done: 2, failed: 0 }, fresh: 2, batch: '' });
    expect(await images()).toMatchObject([
      { name: 'one.png', tags: ['spring'], sku: 'ALL' },
      { name: 'two.png', tags: ['spring'], sku: 'ALL' },
    ]);
    const { items } = await anna.json<{ items: Import[] }>('GET', '/imports');
    expect(items.map(({ id }) => id)).toEqual([begun.id]);
  });

  test('rows of a program, into an album', async () => {
    const album = await anna.json<{ id: string }>('POST', '/albums', { name: 'Mugs' }, 201);
    const rows = [
      { image_url: ` ${shown('/mug.png')} `, sku_id: 'MUG-1', product_group_id: 'mugs', image_type: 'main' },
      { image_url: 'ftp://example.com/a.png' },
      { image_url: shown('/long.png'), sku_id: 'x'.repeat(101) },
      { image_url: shown('/type.png'), image_type: 'a,b' },
    ];
    const begun = await begin({ rows, album: album.id, name: 'Feed' });
    expect(begun).toMatchObject({ name: 'Feed', total: 4, counts: { failed: 3, waiting: 1 } });
    expect(await finished(begun)).toMatchObject({ state: 'partial', counts: { done: 1, failed: 3 } });
    const [mug, ...failed] = await itemsOf(begun);
    expect(mug).toMatchObject({ state: 'done', sku: 'MUG-1', product_group: 'mugs', image_type: 'main', row: null });
    expect(failed.map(({ problem }) => problem?.detail)).toEqual([
      expect.stringMatching(/^Entry 2: Expected an address .*ftp:/),
      expect.stringMatching(/^sku_id: .*100/),
      expect.stringMatching(/^image_type: Expected a tag without commas/),
    ]);
    expect(await images()).toMatchObject([
      { name: 'mug.png', sku: 'MUG-1', product_group: 'mugs', tags: ['main'], albums: [album.id] },
    ]);
    await anna.json('POST', `/imports/${begun.id}/retry-failed`, {}, 409);
  });

  test('a spreadsheet, each row with its own fate', async () => {
    const lines = [
      'image_url;sku_id;product_group_id;image_type',
      `${shown('/s1.png')};S-1;mugs;main`,
      'no address;S-2;;',
      `${shown('/s3.png')};"two`,
      'lines";;',
      `${shop.url('/missing.png')};S-4;;`,
      `${shop.url('/down.png')};S-5;;`,
    ];
    shop.down.add('/down.png');
    const begun = await begin({ table: table(...lines) });
    expect(begun).toMatchObject({ name: 'Spreadsheet', total: 5 });
    await hurry(begun);
    expect(await finished(begun)).toMatchObject({ state: 'partial', counts: { done: 1, failed: 4 } });
    const items = await itemsOf(begun);
    expect(items.map(({ state, problem }) => [state, problem?.code])).toEqual([
      ['done', undefined],
      ['failed', 'invalid_table'],
      ['failed', 'invalid_table'],
      ['failed', 'fetch_failed'],
      ['failed', 'fetch_failed'],
    ]);
    expect(items[1]?.problem?.detail).toMatch(/^Row 3, column '/);
    expect(items[2]?.problem?.detail).toMatch(/^Row 4, column 'sku_id': Expected one line/);
    expect(shop.asked.get('/down.png'), 'another site may have a bad moment').toBe(3);
  });

  test.each([
    ['nothing', {}],
    ['two kinds at once', { urls: ['https://example.com/a.png'], table: table('image_url') }],
    ['a table without addresses', { table: table('a,b', '1,2') }],
    ['a table without rows', { table: table('image_url') }],
    ['two wishes', { urls: ['https://example.com/a.png'], process: { preset: 'auto', recipe: PLAIN } }],
  ])('%s is refused, and nothing is begun', async (_, wish) => {
    await anna.json('POST', '/imports', wish, 400);
    expect((await anna.json<{ items: Import[] }>('GET', '/imports')).items).toEqual([]);
  });

  test('an album of another, an unknown preset and a recipe of another are not found', async () => {
    const urls = [shown('/none.png')];
    for (const wish of [{ album: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }, { process: { preset: 'none-such' } }])
      await anna.json('POST', '/imports', { urls, ...wish }, 404);
    expect((await anna.json<{ items: Import[] }>('GET', '/imports')).items).toEqual([]);
  });

  test('E5 the same Idempotency-Key twice makes one import', async () => {
    const body = JSON.stringify({ urls: [shown('/once.png')] });
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': 'import-once' };
    const send = async () => (await anna.call('/imports', { method: 'POST', headers, body })).json();
    expect(await send()).toEqual(await send());
    expect((await anna.json<{ items: Import[] }>('GET', '/imports')).items).toHaveLength(1);
  });

  test('the template is a table that can be imported', async () => {
    const text = await (await anna.call('/imports/template.csv')).text();
    expect(Object.keys(records(text)[0] ?? {})).toEqual(['image_url', 'sku_id', 'product_group_id', 'image_type']);
    const begun = await begin({ table: Buffer.from(text).toString('base64') });
    expect(begun).toMatchObject({ total: 2, counts: { failed: 0 } });
    await anna.json('POST', `/imports/${begun.id}/cancel`);
  });
});

describe('what is met out there', () => {
  test('places that nobody may ask are refused, and nothing is told of them', async () => {
    const port = new URL(studio.url).port;
    const urls = [
      `http://127.0.0.1:${port}/api/v1/healthz`,
      'http://169.254.169.254/latest/meta-data',
      shown('/ok.png'),
    ];
    const begun = await begin({ urls });
    expect(await finished(begun)).toMatchObject({ state: 'partial', counts: { done: 1, failed: 2 } });
    for (const item of (await itemsOf(begun)).slice(0, 2))
      expect(item).toMatchObject({ state: 'failed', attempts: 1, problem: { code: 'blocked_address' } });
  });

  test('what has a bad moment is asked again; what is no picture is not', async () => {
    const [shaky, text] = [shown('/shaky.png'), shop.put('/text.png', Buffer.from('no picture'))];
    shop.shaky.add('/shaky.png');
    const begun = await begin({ urls: [shaky, text] });
    await hurry(begun);
    const items = await itemsOf(begun);
    expect(items.map(({ state, attempts }) => [state, attempts])).toEqual([
      ['done', 2],
      ['failed', 1],
    ]);
    expect(shop.asked.get('/text.png')).toBe(1);
  });

  test('what is in the gallery already is recognised, and gets what nobody had written on it', async () => {
    const url = shown('/known.png');
    shop.pictures.set('/same.png', shop.pictures.get('/known.png') ?? Buffer.alloc(0));
    await finished(await begin({ urls: [url] }));
    const [known] = await images();
    const rows = [{ image_url: shop.url('/same.png'), sku_id: 'LATER', product_group_id: 'mugs' }];
    const again = await finished(await begin({ rows }));
    expect(again).toMatchObject({ state: 'done', fresh: 0 });
    expect(await itemsOf(again)).toMatchObject([{ duplicate: true, image: known?.id }]);
    expect(await itemsOf(again, '&fate=created')).toEqual([]);
    expect(await images()).toMatchObject([{ id: known?.id, sku: 'LATER', product_group: 'mugs' }]);
    await finished(await begin({ rows: [{ ...rows[0], sku_id: 'TOO-LATE' }] }));
    expect(await images()).toMatchObject([{ sku: 'LATER' }]);
  });

  test('failed rows can be tried once more', async () => {
    const begun = await begin({ urls: [shop.url('/later.png'), shown('/there.png')] });
    await hurry(begun);
    expect(await now(begun)).toMatchObject({ state: 'partial', counts: { done: 1, failed: 1 } });
    shown('/later.png');
    await anna.json('POST', `/imports/${begun.id}/retry-failed`, {});
    expect(await finished(begun)).toMatchObject({ state: 'done', counts: { done: 2, failed: 0 }, fresh: 2 });
    expect(shop.asked.get('/there.png')).toBe(1);
  });
});

describe('a batch that follows', () => {
  test('works on all that came, once all have come', async () => {
    const urls = [shown('/f1.png'), shown('/f2.png'), 'http://127.0.0.1:1/refused.png'];
    const begun = await begin({ urls, name: 'Feed', process: { recipe: PLAIN } });
    const ended = await finished(begun);
    expect(ended).toMatchObject({ state: 'partial', counts: { done: 2, failed: 1 } });
    expect(ended.batch).not.toBe('');
    const batch = await batchFinished(anna, { id: ended.batch });
    expect(batch).toMatchObject({ state: 'done', name: 'Feed', total: 2 });
    expect((await images()).map(({ versions }) => versions)).toEqual([1, 1]);
  });

  test('where nothing came there is none', async () => {
    const ended = await finished(await begin({ urls: ['http://127.0.0.1:1/a.png'], process: { recipe: PLAIN } }));
    expect(ended).toMatchObject({ state: 'failed', batch: '' });
  });

  test('begins once, even where the import is ended twice; what is in the trash by then is left out', async () => {
    const begun = await finished(await begin({ urls: [shown('/t1.png'), shown('/t2.png')] }));
    const [first, second] = await images();
    await anna.json('DELETE', `/images/${second?.id ?? ''}`, undefined, 204);
    const { store, journal, processing, log, holder } = studio.parts;
    const job = await store.get('jobs', begun.id);
    if (!job) throw new Error('Expected a job');
    const asking = { signal: new AbortController().signal, request: 'r' };
    const again = { ...job, wish: { ...job.wish, process: { recipe: PLAIN, by_product_group: false } } };
    const parts = { store, journal, processing, log, holder, endings: () => Promise.resolve([]) };
    const batches = new Batches(parts);
    const fetching = new Fetching({
      ...parts,
      startBatch: (context, wish, id) => batches.create(context, wish, { id }),
    });
    await fetching.beforeEnd(again, asking);
    await fetching.beforeEnd(again, asking);
    const { items } = await anna.json<{ items: Batch[] }>('GET', '/batches');
    expect(items).toHaveLength(1);
    const ended = await batchFinished(anna, { id: items[0]?.id ?? '' });
    expect(ended).toMatchObject({ state: 'done', total: 1, covers: [first?.id] });
  });
});

test('D7 nothing of an import is another’s; E1 a cancelled one stays so', async () => {
  shop.down.add('/never.png');
  const begun = await begin({ urls: [shop.url('/never.png')] });
  const ben = await studio.signUp(`ben${String((seed += 1))}`);
  for (const path of ['', '/items']) await ben.json('GET', `/imports/${begun.id}${path}`, undefined, 404);
  await ben.json('POST', `/imports/${begun.id}/cancel`, undefined, 404);
  await ben.json('POST', `/imports/${begun.id}/retry-failed`, {}, 404);
  await ben.json('DELETE', `/imports/${begun.id}`, undefined, 404);
  await anna.json('GET', `/batches/${begun.id}`, undefined, 404);
  await anna.json('POST', `/imports/${begun.id}/cancel`);
  expect(await now(begun)).toMatchObject({ state: 'cancelled' });
  await anna.json('POST', `/imports/${begun.id}/cancel`, undefined, 409);
  await anna.json('POST', `/imports/${begun.id}/retry-failed`, {}, 409);
  await anna.json('DELETE', `/imports/${begun.id}`, undefined, 204);
  await anna.json('GET', `/imports/${begun.id}`, undefined, 404);
});
