/** Batches over HTTP, with the real processing service. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDispatcher } from '../../../../backend-node/src/app.ts';
import type { Batch } from '../../../../backend-node/src/contract/batches.ts';
import type { Image } from '../../../../backend-node/src/contract/image.ts';
import { png } from '../../photos.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';
import { uploaded } from '../images/things.ts';
import { begin, finished, itemsOf, middle, PLAIN, table, versionFile, warmUp } from './batch.ts';

let studio: Studio;
let anna: Client;
let ben: Client;
let seed = 0;
const RHYTHM = { look_ms: 100, lease_ms: 2000 };

beforeAll(async () => {
  studio = await startStudio({ rhythm: RHYTHM });
  anna = await studio.signUp('anna');
  ben = await studio.signUp('ben');
  await warmUp(anna);
}, 200_000);
afterAll(() => studio.stop());

/** A grey picture that nobody uploaded before. */
const grey = (client: Client, name: string): Promise<Image> => {
  seed += 1;
  return uploaded(client, name, png(20 + seed, 24, [100, 100, 100]));
};
const image = (client: Client, { id }: Pick<Image, 'id'>) => client.json<Image>('GET', `/images/${id}`);
const row = (id: string) => studio.parts.store.get('jobs', id);

describe('pictures', () => {
  test('by their ids: each gets a version of its own, which is shown from then on', async () => {
    const pictures = [await grey(anna, 'one.png'), await grey(anna, 'two.png')];
    const ids = pictures.map(({ id }) => id).toReversed();
    const begun = await begin(anna, { ids, name: 'Spring' });
    expect(begun).toMatchObject({ name: 'Spring', total: 2, covers: ids, priority: 'normal', trouble: null });
    const ended = await finished(anna, begun);
    expect(ended).toMatchObject({
      state: 'done',
      counts: { done: 2, failed: 0, waiting: 0, running: 0 },
      left_s: null,
    });
    expect(ended.rate_per_s).toBeGreaterThan(0);
    const items = await itemsOf(anna, begun);
    expect(items.map((item) => item.image)).toEqual(ids);
    for (const item of items) {
      expect(item).toMatchObject({ state: 'done', attempts: 1, problem: null, row: null });
      expect(await image(anna, { id: item.image })).toMatchObject({ current_version: item.version, versions: 1 });
    }
    const { items: listed } = await anna.json<{ items: Batch[] }>('GET', '/batches');
    expect(listed.find(({ id }) => id === begun.id)).toMatchObject({ state: 'done', counts: { done: 2 } });
  });

  test('by a filter: what it finds, and nothing in the trash or of another', async () => {
    const sku = 'FILTERED';
    const [mine, trashed, theirs] = [await grey(anna, 'f1.png'), await grey(anna, 'f2.png'), await grey(ben, 'f3.png')];
    for (const { id } of [mine, trashed]) await anna.json('PATCH', `/images/${id}`, { sku });
    await ben.json('PATCH', `/images/${theirs.id}`, { sku });
    await anna.json('DELETE', `/images/${trashed.id}`, undefined, 204);
    const begun = await begin(anna, { filter: { sku } });
    expect(begun.total).toBe(1);
    await finished(anna, begun);
    expect((await itemsOf(anna, begun)).map((item) => item.image)).toEqual([mine.id]);
    const none = await anna.json('POST', '/batches', { recipe: PLAIN, filter: { sku: 'NOBODY' } }, 400);
    expect(none).toMatchObject({ code: 'invalid_request' });
  });

  test('with names of their own, by which a spreadsheet calls them', async () => {
    const picture = await grey(anna, 'IMG_1.png');
    const items = [{ image: picture.id, name: 'shoes/red/front.png' }];
    const begun = await begin(anna, { items, table: table('filename,sku', 'shoes/red/front.png,RED-1') });
    expect((await finished(anna, begun)).state).toBe('done');
    expect(await itemsOf(anna, begun)).toMatchObject([{ name: 'shoes/red/front.png', sku: 'RED-1', row: 2 }]);
  });

  test('D7 of another, or none: nothing is begun', async () => {
    const theirs = await grey(ben, 'theirs.png');
    const mine = await grey(anna, 'mine.png');
    const before = (await anna.json<{ items: Batch[] }>('GET', '/batches')).items.length;
    await anna.json('POST', '/batches', { recipe: PLAIN, ids: [mine.id, theirs.id] }, 404);
    await anna.json('POST', '/batches', { recipe: PLAIN, items: [{ image: theirs.id }] }, 404);
    await anna.json('POST', '/batches', { recipe: PLAIN, ids: ['01ARZ3NDEKTSV4RRFFQ69G5FAV'] }, 404);
    expect((await anna.json<{ items: Batch[] }>('GET', '/batches')).items).toHaveLength(before);
  });
});

describe('what is asked for as a whole', () => {
  test.each([
    ['no wish', { recipe: undefined }, 400],
    ['two wishes', { preset: 'auto' }, 400],
    ['an unknown preset', { recipe: undefined, preset: 'none-such' }, 404],
    ['an unknown channel', { channels: ['none-such'] }, 404],
    ['an override of nothing', { overrides: { nothing: { at: 1 } } }, 400],
    ['an override out of bounds', { overrides: { adjust: { brightness: 900 } } }, 400],
    ['a table without filenames', { table: table('a,b', '1,2') }, 400],
    ['no table at all', { table: Buffer.from([0xff, 0x00, 0x01]).toString('base64') }, 400],
  ])('%s is refused, and nothing is begun', async (_, wish, status) => {
    const picture = await grey(anna, 'refused.png');
    const before = (await anna.json<{ items: Batch[] }>('GET', '/batches')).items.length;
    const answer = await anna.call('/batches', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ recipe: PLAIN, ids: [picture.id], ...wish }),
    });
    const problem = (await answer.json()) as { detail: string };
    expect(answer.status, problem.detail).toBe(status);
    expect((await anna.json<{ items: Batch[] }>('GET', '/batches')).items).toHaveLength(before);
  });

  test('E5 the same Idempotency-Key twice makes one batch, and answers the same', async () => {
    const picture = await grey(anna, 'once.png');
    const send = async () => {
      const answer = await anna.call('/batches', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'batch-once' },
        body: JSON.stringify({ recipe: PLAIN, ids: [picture.id], name: 'Once' }),
      });
      return { status: answer.status, body: (await answer.json()) as Batch };
    };
    const first = await send();
    const second = await send();
    expect(first.status).toBe(202);
    expect(second).toEqual(first);
    await finished(anna, first.body);
    const { items } = await anna.json<{ items: Batch[] }>('GET', '/batches');
    expect(items.filter(({ name }) => name === 'Once')).toHaveLength(1);
    expect(await image(anna, picture)).toMatchObject({ versions: 1 });
  });

  test('results that shall not be shown are versions all the same', async () => {
    const picture = await grey(anna, 'quiet.png');
    await finished(anna, await begin(anna, { ids: [picture.id], current: false }));
    expect(await image(anna, picture)).toMatchObject({ current_version: '', versions: 1 });
  });

  test('a channel’s rules that a result breaks stand in the table', async () => {
    const picture = await grey(anna, 'tiny.png');
    const begun = await begin(anna, { ids: [picture.id], channels: ['amazon-main'] });
    expect(begun.channels).toEqual(['amazon-main']);
    expect((await finished(anna, begun)).state).toBe('done');
    const csv = await (await anna.call(`/batches/${begun.id}/result.csv`)).text();
    const [header = '', line = ''] = csv.split('\r\n');
    expect(line.split(',')[header.split(',').indexOf('channel_failures')]).toMatch(/amazon|size|pixels|white|side/i);
  });

  test('pictures of a product group with a preset of its own get that one, the others what was asked for', async () => {
    const [grouped, other] = [await grey(anna, 'g1.png'), await grey(anna, 'g2.png')];
    await anna.json('PATCH', `/images/${grouped.id}`, { product_group: 'mugs' });
    await anna.json('PATCH', `/images/${other.id}`, { product_group: 'constructor' });
    const bright = { steps: [{ operation: 'adjust', params: { brightness: 1.5 } }], output: { format: 'png' } };
    const saved = await anna.json<{ id: string }>('POST', '/recipes', { name: 'Bright', recipe: bright }, 201);
    await anna.json('PUT', '/product-groups/mugs', { saved_recipe: saved.id });
    const begun = await begin(anna, { ids: [grouped.id, other.id], by_product_group: true });
    expect(await finished(anna, begun)).toMatchObject({ state: 'done', by_product_group: true });
    const [first, second] = await itemsOf(anna, begun);
    if (!first || !second) throw new Error('Expected two items');
    expect(middle(await versionFile(anna, first))[0]).toBeGreaterThan(120);
    expect(middle(await versionFile(anna, second))[0]).toBe(100);
    const version = await anna.json('GET', `/images/${grouped.id}/versions/${first.version}`);
    expect(version).toMatchObject({ preset: 'Bright' });
  });
});

describe('a spreadsheet', () => {
  test('sets values for single pictures; what is wrong with a row is told of that row alone', async () => {
    const names = ['a.png', 'b.png', 'c.png', 'd.png', 'e.png'];
    const pictures: Image[] = [];
    for (const name of names) pictures.push(await grey(anna, name));
    const begun = await begin(anna, {
      ids: pictures.map(({ id }) => id),
      overrides: { adjust: { contrast: 1 } },
      table: table(
        'filename,brightness,sku,product_group,preset',
        'a.png,1.5,SKU-A,mugs,',
        'b.png,bright,,,',
        'nowhere.png,1.2,,,',
        `c.png,,${'x'.repeat(101)},,`,
        'd.png,,"two\nlines",,',
      ),
    });
    expect(begun).toMatchObject({ total: 6, counts: { waiting: 2, failed: 4 } });
    expect(await finished(anna, begun)).toMatchObject({ state: 'partial', counts: { done: 2, failed: 4 } });
    const items = await itemsOf(anna, begun);
    expect(items.map(({ name, row: at, state }) => [name, at, state])).toEqual([
      ['a.png', 2, 'done'],
      ['b.png', 3, 'failed'],
      ['nowhere.png', 4, 'failed'],
      ['c.png', 5, 'failed'],
      ['d.png', 6, 'failed'],
      ['e.png', null, 'done'],
    ]);
    const problems = items.map(({ problem }) => problem?.detail ?? '');
    expect(problems[1]).toMatch(/^Row 3, column 'brightness': Expected .*bright/);
    expect(problems[2]).toMatch(/^Row 4, column 'filename': Expected .*nowhere\.png/);
    expect(problems[3]).toMatch(/^Row 5, column 'sku': .*100/);
    expect(problems[4]).toMatch(/^Row 6, column 'sku': Expected one line/);
    for (const { problem } of items.slice(1, 5)) expect(problem?.code).toBe('invalid_table');
    const [bright] = items;
    if (!bright) throw new Error('Expected an item');
    expect(bright).toMatchObject({ overrides: { adjust: { brightness: 1.5 } }, sku: 'SKU-A', product_group: 'mugs' });
    expect(middle(await versionFile(anna, bright))[0]).toBeGreaterThan(120);
    const [a, , c, d, e] = await Promise.all(pictures.map((each) => image(anna, each)));
    expect(a, 'what the table says a picture is stands on the picture').toMatchObject({
      sku: 'SKU-A',
      product_group: 'mugs',
    });
    for (const left of [c, d, e]) expect(left).toMatchObject({ sku: '', product_group: '' });
    await anna.json('POST', `/batches/${begun.id}/retry-failed`, {}, 409);
  });

  test('a row may name a preset of its own; one that is not there fails alone', async () => {
    const [one, other] = [await grey(anna, 'preset.png'), await grey(anna, 'preset2.png')];
    const lines = ['filename,preset', 'preset.png,sharpen', 'preset2.png,none-such'];
    const begun = await begin(anna, { ids: [one.id, other.id], table: table(...lines) });
    expect(await finished(anna, begun)).toMatchObject({ state: 'partial', counts: { done: 1, failed: 1 } });
    const [done, failed] = await itemsOf(anna, begun);
    expect(done).toMatchObject({ state: 'done', preset: 'sharpen' });
    const path = `/images/${one.id}/versions/${done?.version ?? ''}`;
    expect(await anna.json('GET', path)).toMatchObject({ preset: 'sharpen' });
    expect(failed?.problem?.detail).toMatch(/^Row 3, column 'preset': Expected .*none-such/);
  });
});

describe('pictures that a recipe’s values name', () => {
  const mark = (blob: string) => ({ watermark: { blob } });

  test('of another are refused, as if they were not there', async () => {
    const [mine, theirs] = [await grey(anna, 'wm.png'), await grey(ben, 'secret.png')];
    const body = { recipe: PLAIN, ids: [mine.id], overrides: mark(theirs.blob) };
    expect(await anna.json('POST', '/batches', body, 404)).toMatchObject({ code: 'not_found' });
    const form = new FormData();
    form.append('recipe', JSON.stringify(PLAIN));
    form.append('overrides', JSON.stringify(mark(theirs.blob)));
    form.append('zip', new Blob(['PK']), 'a.zip');
    expect((await anna.call('/batches/zip', { method: 'POST', body: form })).status).toBe(404);
  });

  test('in a row of the table: that row fails and says so, the others are done', async () => {
    const [mine, own, theirs] = [await grey(anna, 'r1.png'), await grey(anna, 'r2.png'), await grey(ben, 'r3.png')];
    const lines = ['filename,watermark.blob', `r1.png,${theirs.blob}`, `r2.png,${mine.blob}`];
    const begun = await begin(anna, { ids: [mine.id, own.id], table: table(...lines) });
    expect(await finished(anna, begun)).toMatchObject({ state: 'partial', counts: { done: 1, failed: 1 } });
    const [refused, done] = await itemsOf(anna, begun);
    expect(refused).toMatchObject({ state: 'failed', attempts: 0, version: '', problem: { code: 'not_found' } });
    expect(refused?.problem?.detail).toMatch(/^Row 2: Expected the picture /);
    expect(done?.state).toBe('done');
    expect((await row(begun.id))?.blobs, 'kept while the batch is').toEqual([mine.blob]);
  });

  test('of one’s own are kept while the batch is, and let go of with it', async () => {
    const [mine, own] = [await grey(anna, 'k1.png'), await grey(anna, 'k2.png')];
    const begun = await begin(anna, { ids: [mine.id], overrides: mark(own.blob) });
    expect((await row(begun.id))?.blobs).toContain(own.blob);
    await finished(anna, begun);
    await anna.json('DELETE', `/batches/${begun.id}`, undefined, 204);
    expect(await studio.parts.store.get('released', own.blob)).toBeDefined();
  });
});

describe('E7 of 30 pictures', () => {
  test('3 are broken: partial, 27 done, 3 say why', async () => {
    const pictures: Image[] = [];
    for (let at = 0; at < 30; at += 1) pictures.push(await grey(anna, `e7-${String(at)}.png`));
    const [damaged, lost] = [pictures[4], pictures[9]];
    if (!damaged || !lost) throw new Error('Expected pictures');
    const places = [damaged, lost].map(({ blob }) => studio.parts.processing.fileOf(blob));
    for (const place of await Promise.all(places)) await rm(join(...(place ?? [''])));
    const altered = await places[0];
    await writeFile(join(...(altered ?? [''])), 'no picture any more');
    const begun = await begin(anna, {
      ids: pictures.map(({ id }) => id),
      table: table('filename,brightness', 'e7-20.png,very'),
    });
    expect(begun.total).toBe(30);
    expect(await finished(anna, begun)).toMatchObject({ state: 'partial', counts: { done: 27, failed: 3 } });
    const failed = await itemsOf(anna, begun, '&state=failed');
    expect(failed.map(({ name }) => name).toSorted()).toEqual(['e7-20.png', 'e7-4.png', 'e7-9.png']);
    for (const { problem } of failed) expect(problem?.detail).toMatch(/\S{3}/);
  });
});

describe('where nobody works on them yet', () => {
  let still: Studio;
  let carl: Client;
  beforeAll(async () => {
    still = await startStudio();
    carl = await still.signUp('carl');
  });
  afterAll(() => still.stop());

  async function worked(batch: Batch): Promise<Batch> {
    const stop = createDispatcher(still.parts, RHYTHM).start();
    const ended = await finished(carl, batch);
    await stop();
    return ended;
  }
  const now = (batch: Batch) => carl.json<Batch>('GET', `/batches/${batch.id}`);
  const say = (batch: Batch, verb: string, status = 200) =>
    carl.json<Batch>('POST', `/batches/${batch.id}/${verb}`, verb === 'retry-failed' ? {} : undefined, status);

  test('a picture that is put into the trash meanwhile fails and says so; taken out again it can be tried again', async () => {
    const [kept, gone] = [await grey(carl, 'kept.png'), await grey(carl, 'gone.png')];
    const batch = await begin(carl, { ids: [kept.id, gone.id] });
    await carl.json('DELETE', `/images/${gone.id}`, undefined, 204);
    expect(await worked(batch)).toMatchObject({ state: 'partial', counts: { done: 1, failed: 1 } });
    const [, item] = await itemsOf(carl, batch);
    expect(item).toMatchObject({ state: 'failed', problem: { code: 'not_found' } });
    expect(item?.problem?.detail).toContain('trash');
    await carl.json('POST', `/images/${gone.id}/restore`);
    expect(await say(batch, 'retry-failed')).toMatchObject({ state: 'running', ended_at: '' });
    expect(await worked(batch)).toMatchObject({ state: 'done', counts: { done: 2, failed: 0 } });
  });

  test('E1 paused, resumed, cancelled: and then it stays so', async () => {
    const batch = await begin(carl, { ids: [(await grey(carl, 'e1.png')).id], priority: 'high' });
    expect(await now(batch)).toMatchObject({ state: 'running', priority: 'high', rate_per_s: null, left_s: null });
    await say(batch, 'resume', 409);
    expect(await say(batch, 'pause')).toMatchObject({ state: 'paused' });
    await say(batch, 'pause', 409);
    await carl.json('DELETE', `/batches/${batch.id}`, undefined, 409);
    expect(await say(batch, 'resume')).toMatchObject({ state: 'running' });
    expect(await say(batch, 'cancel')).toMatchObject({ state: 'cancelled', counts: { waiting: 1, running: 0 } });
    for (const verb of ['resume', 'pause', 'cancel', 'retry-failed'])
      expect(await say(batch, verb, 409)).toMatchObject({ code: 'invalid_transition' });
    await carl.json('DELETE', `/batches/${batch.id}`, undefined, 204);
    await carl.json('GET', `/batches/${batch.id}`, undefined, 404);
  });

  test('a batch that is cancelled leaves its pictures as they are', async () => {
    const picture = await grey(carl, 'left.png');
    const batch = await begin(carl, { ids: [picture.id] });
    await say(batch, 'cancel');
    const other = await begin(carl, { ids: [(await grey(carl, 'other.png')).id] });
    await worked(other);
    expect(await image(carl, picture)).toMatchObject({ versions: 0, current_version: '' });
    expect((await itemsOf(carl, batch))[0]).toMatchObject({ state: 'waiting', version: '' });
  });

  test('pages of the list and of the items', async () => {
    const ids = [await grey(carl, 'p1.png'), await grey(carl, 'p2.png'), await grey(carl, 'p3.png')].map(
      ({ id }) => id,
    );
    const batch = await begin(carl, { ids });
    type Items = { items: { number: number }[]; next: number | null };
    const first = await carl.json<Items>('GET', `/batches/${batch.id}/items?limit=2`);
    expect([first.items.map(({ number }) => number), first.next]).toEqual([[1, 2], 3]);
    const second = await carl.json<Items>('GET', `/batches/${batch.id}/items?limit=2&from=3`);
    expect([second.items.map(({ number }) => number), second.next]).toEqual([[3], null]);
    type List = { items: Batch[]; nextCursor: string | null };
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: List = await carl.json('GET', `/batches?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen[0]).toBe(batch.id);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(2);
  });
});

test('D7 nothing of a batch is another’s', async () => {
  const picture = await grey(anna, 'private.png');
  const begun = await begin(anna, { ids: [picture.id] });
  await finished(anna, begun);
  const before = await row(begun.id);
  for (const path of ['', '/items', '/result.csv', '/result.zip'])
    await ben.json('GET', `/batches/${begun.id}${path}`, undefined, 404);
  for (const verb of ['pause', 'resume', 'cancel', 'retry-failed'])
    await ben.json('POST', `/batches/${begun.id}/${verb}`, verb === 'retry-failed' ? {} : undefined, 404);
  await ben.json('DELETE', `/batches/${begun.id}`, undefined, 404);
  expect(await row(begun.id)).toEqual(before);
  const { items } = await ben.json<{ items: Batch[] }>('GET', '/batches');
  expect(items.map(({ id }) => id)).not.toContain(begun.id);
});
