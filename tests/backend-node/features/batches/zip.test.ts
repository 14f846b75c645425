/** Batches of a zip, which arrives in a form. */
import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { ZipFile } from 'yazl';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Batch } from '../../../../backend-node/src/contract/batches.ts';
import { png } from '../../photos.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';
import type { Page } from '../images/things.ts';
import { finished, itemsOf, middle, PLAIN, versionFile, warmUp } from './batch.ts';

let studio: Studio;
let anna: Client;
let seed = 400;
const RECIPE = JSON.stringify(PLAIN);

beforeAll(async () => {
  studio = await startStudio({ rhythm: { look_ms: 100, lease_ms: 2000 } });
  await warmUp(await studio.signUp('admin'));
}, 200_000);
beforeEach(async () => {
  anna = await studio.signUp(`anna${String((seed += 1))}`);
});
afterAll(() => studio.stop());

const drawn = (): Buffer<ArrayBuffer> => {
  seed += 1;
  return png(20 + (seed % 300), 30, [100, 100, 100]);
};

type Members = Readonly<Record<string, Buffer | string>>;

async function zipOf(members: Members, mode?: number): Promise<Buffer<ArrayBuffer>> {
  const zip = new ZipFile();
  for (const [name, bytes] of Object.entries(members))
    zip.addBuffer(Buffer.from(bytes), name, mode === undefined ? {} : { mode });
  zip.end();
  return Buffer.from(await buffer(zip.outputStream));
}

type Part = readonly [field: string, value: string | Buffer<ArrayBuffer>];

async function send(parts: readonly Part[], headers: Record<string, string> = {}): Promise<Response> {
  const form = new FormData();
  for (const [field, value] of parts) {
    if (typeof value === 'string') form.append(field, value);
    else form.append(field, new Blob([value]), field === 'zip' ? 'shoes.zip' : 'table.csv');
  }
  return anna.call('/batches/zip', { method: 'POST', body: form, headers });
}

async function accepted(...parts: Part[]): Promise<Batch> {
  // Places of those who hung up are free again as soon as that is noticed.
  let answer = await send([['recipe', RECIPE], ...parts]);
  for (let tries = 0; answer.status === 429 && tries < 20; tries += 1) {
    await sleep(250);
    answer = await send([['recipe', RECIPE], ...parts]);
  }
  const batch = (await answer.json()) as Batch;
  expect(answer.status, JSON.stringify(batch)).toBe(202);
  expect(answer.headers.get('Location')).toBe(`/api/v1/batches/${batch.id}`);
  return batch;
}

const csv = (...lines: string[]): Buffer<ArrayBuffer> => Buffer.from(lines.join('\n'));
const images = async () => (await anna.json<Page>('GET', '/images?limit=200&sort=name&order=asc')).items;
const jobsOf = () => studio.parts.store.count('jobs', { where: { owner: anna.id } });

describe('a zip of pictures', () => {
  test('and a spreadsheet: the pictures are in the gallery, each row is heeded', async () => {
    const zip = await zipOf({ 'shoes/red.png': drawn(), 'shoes/blue.png': drawn(), 'notes.txt': 'nothing' });
    const album = await anna.json<{ id: string }>('POST', '/albums', { name: 'Shoes' }, 201);
    const batch = await accepted(
      ['name', 'From a zip'],
      ['tags', 'spring,new'],
      ['album', album.id],
      ['sku', 'ALL'],
      ['csv', csv('filename,brightness,sku', 'shoes/red.png,1.5,RED')],
      ['zip', zip],
    );
    expect(batch).toMatchObject({ name: 'From a zip' });
    expect(await finished(anna, batch)).toMatchObject({ state: 'done', total: 2, counts: { done: 2 } });
    const items = await itemsOf(anna, batch);
    expect(items).toMatchObject([
      { name: 'shoes/red.png', sku: 'RED', row: 2 },
      { name: 'shoes/blue.png', sku: 'ALL', row: null },
    ]);
    const [red, blue] = await Promise.all(items.map((item) => versionFile(anna, item)));
    expect(middle(red ?? Buffer.alloc(0))[0]).toBeGreaterThan(120);
    expect(middle(blue ?? Buffer.alloc(0))[0]).toBe(100);
    expect(await images()).toMatchObject([
      { name: 'blue.png', tags: ['spring', 'new'], sku: 'ALL', albums: [album.id], versions: 1 },
      { name: 'red.png', tags: ['spring', 'new'], sku: 'RED', albums: [album.id], versions: 1 },
    ]);
  });

  test('with the spreadsheet inside', async () => {
    const zip = await zipOf({ 'a.png': drawn(), 'b.png': drawn(), 'table.csv': 'filename,sku\nb.png,INSIDE\n' });
    const batch = await accepted(['zip', zip]);
    expect((await finished(anna, batch)).state).toBe('done');
    const items = await itemsOf(anna, batch);
    expect(items.map(({ name, sku }) => [name, sku])).toEqual([
      ['b.png', 'INSIDE'],
      ['a.png', ''],
    ]);
  });

  test('members that are no pictures become failed items; the others are done', async () => {
    const zip = await zipOf({ 'good.png': drawn(), 'bad.png': 'no picture at all', 'empty.jpg': '' });
    const batch = await accepted(['zip', zip]);
    expect(await finished(anna, batch)).toMatchObject({ state: 'partial', total: 3, counts: { done: 1, failed: 2 } });
    const failed = await itemsOf(anna, batch, '&state=failed');
    expect(failed.map(({ name }) => name).toSorted()).toEqual(['bad.png', 'empty.jpg']);
    for (const { problem, image } of failed) {
      expect(problem?.detail).toMatch(/Expected/);
      expect(image).toBe('');
    }
    await anna.json('POST', `/batches/${batch.id}/retry-failed`, {}, 409);
    expect((await anna.call(`/batches/${batch.id}/result.zip`)).status).toBe(200);
  });

  test('with a picture that is there already: no second one', async () => {
    const bytes = drawn();
    const first = await accepted(['zip', await zipOf({ 'a.png': bytes })]);
    await finished(anna, first);
    const second = await accepted(['zip', await zipOf({ 'again.png': bytes })]);
    expect((await finished(anna, second)).state).toBe('done');
    expect(await images()).toMatchObject([{ name: 'a.png', versions: 2 }]);
  });

  test('a spreadsheet that is none: the batch fails and says so, the pictures stay', async () => {
    const batch = await accepted(['csv', csv('a,b', '1,2')], ['zip', await zipOf({ 'a.png': drawn() })]);
    const ended = await finished(anna, batch);
    expect(ended).toMatchObject({ state: 'failed', trouble: { code: 'invalid_table' } });
    expect(ended.trouble?.detail).toContain('filename');
    expect(await images()).toHaveLength(1);
    await anna.json('DELETE', `/batches/${batch.id}`, undefined, 204);
  });

  test('E5 sent twice with one Idempotency-Key: one batch', async () => {
    const parts: Part[] = [
      ['recipe', RECIPE],
      ['zip', await zipOf({ 'a.png': drawn() })],
    ];
    const first = await send(parts, { 'Idempotency-Key': 'zip-once' });
    const second = await send(parts, { 'Idempotency-Key': 'zip-once' });
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(((await second.json()) as Batch).id).toBe(((await first.json()) as Batch).id);
    expect(await jobsOf()).toBe(1);
  });
});

/** The same bytes with another name: what a careful library refuses to write. */
const renamed = (zip: Buffer<ArrayBuffer>, from: string, to: string): Buffer<ArrayBuffer> =>
  Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1');

/** Says of each member that it has a password. */
function locked(zip: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
  for (const [signature, offset] of [
    ['PK\u0003\u0004', 6],
    ['PK\u0001\u0002', 8],
  ] as const)
    for (let at = zip.indexOf(signature, 0, 'latin1'); at >= 0; at = zip.indexOf(signature, at + 4, 'latin1'))
      zip.writeUInt16LE(zip.readUInt16LE(at + offset) | 1, at + offset);
  return zip;
}

describe('B8 a zip that is none to take is refused, and nothing is begun', () => {
  const CASES: readonly (readonly [string, () => Promise<Buffer<ArrayBuffer>>])[] = [
    ['text', () => Promise.resolve(Buffer.from('this is no zip'))],
    ['nothing', () => Promise.resolve(Buffer.alloc(0))],
    ['half of one', async () => (await zipOf({ 'a.png': drawn() })).subarray(0, 60)],
    ['no picture in it', () => zipOf({ 'a.txt': 'text', 'b.csv': 'filename\na.png' })],
    ['a way out', async () => renamed(await zipOf({ 'a.png': drawn(), 'AA/evil.png': drawn() }), 'AA/', '../')],
    ['a way out further in', async () => renamed(await zipOf({ 'a/BB/CC/evil.png': drawn() }), 'BB/CC', '../..')],
    ['an absolute name', async () => renamed(await zipOf({ 'a.png': drawn(), 'Zetc.png': drawn() }), 'Zetc', '/etc')],
    ['a link', () => zipOf({ 'a.png': '/etc/passwd' }, 0o120777)],
    ['a password', async () => locked(await zipOf({ 'a.png': drawn() }))],
  ];

  test.each(CASES)('%s', async (_, make) => {
    const answer = await send([
      ['recipe', RECIPE],
      ['zip', await make()],
    ]);
    expect(await answer.json()).toMatchObject({ status: 422, code: 'broken_archive' });
    expect(await jobsOf()).toBe(0);
    expect(await images()).toEqual([]);
  });
});

describe('a form that is not as it should be', () => {
  const wrong: readonly (readonly [string, () => Promise<readonly Part[]>, RegExp])[] = [
    ['without a zip', () => Promise.resolve([['recipe', RECIPE]]), /zip/],
    ['without a recipe', async () => [['zip', await zipOf({ 'a.png': drawn() })]], /exactly one of recipe/],
    [
      'with a recipe that is no JSON',
      async () => [
        ['recipe', '{'],
        ['zip', await zipOf({ 'a.png': drawn() })],
      ],
      /JSON/,
    ],
    [
      'with an unknown field',
      async () => [
        ['recipe', RECIPE],
        ['surprise', '1'],
        ['zip', await zipOf({ 'a.png': drawn() })],
      ],
      /surprise/,
    ],
    [
      'with a field after the zip',
      async () => [
        ['recipe', RECIPE],
        ['zip', await zipOf({ 'a.png': drawn() })],
        ['name', 'late'],
      ],
      /before the zip/,
    ],
    [
      'with a table after the zip',
      async () => [
        ['recipe', RECIPE],
        ['zip', await zipOf({ 'a.png': drawn() })],
        ['csv', csv('filename')],
      ],
      /csv/,
    ],
    [
      'with a file of another name',
      () =>
        Promise.resolve([
          ['recipe', RECIPE],
          ['picture', drawn()],
        ]),
      /picture/,
    ],
  ];

  test.each(wrong)('%s is refused, and nothing is begun', async (_, make, detail) => {
    // More often than there are places for archives: none of them stays taken.
    for (let times = 0; times < 3; times += 1) {
      const answer = await send(await make());
      const problem = (await answer.json()) as { code: string; detail: string };
      expect([answer.status, problem.code], problem.detail).toEqual([400, 'invalid_request']);
      expect(problem.detail).toMatch(detail);
    }
    expect(await jobsOf()).toBe(0);
    await finished(anna, await accepted(['zip', await zipOf({ 'a.png': drawn() })]));
  });

  test('an album of another, and an unknown preset, are not found', async () => {
    const zip = await zipOf({ 'a.png': drawn() });
    const answer = await send([
      ['preset', 'none-such'],
      ['zip', zip],
    ]);
    expect(await answer.json()).toMatchObject({ code: 'not_found' });
    const elsewhere = await send([
      ['recipe', RECIPE],
      ['album', '01ARZ3NDEKTSV4RRFFQ69G5FAV'],
      ['zip', zip],
    ]);
    expect(elsewhere.status).toBe(404);
    expect(await jobsOf()).toBe(0);
  });

  test('JSON is no form', async () => {
    await anna.json('POST', '/batches/zip', { preset: 'auto' }, 415);
  });
});

test('who hangs up in the middle leaves nothing in preparation, and no place taken', async () => {
  const zip = await zipOf({ 'a.png': png(600, 600, [1, 2, 3], 7), 'b.png': png(610, 600, [1, 2, 3], 8) });
  const head = `--edge\r\nContent-Disposition: form-data; name="recipe"\r\n\r\n${RECIPE}\r\n--edge\r\nContent-Disposition: form-data; name="zip"; filename="a.zip"\r\n\r\n`;
  for (let times = 0; times < 3; times += 1) {
    const headers = { Authorization: `Bearer ${anna.token}`, 'Content-Type': 'multipart/form-data; boundary=edge' };
    const asked = request(`${studio.url}/api/v1/batches/zip`, { method: 'POST', headers });
    const gone = new Promise((resolve) => asked.on('error', () => undefined).once('close', resolve));
    asked.write(head);
    asked.write(zip.subarray(0, zip.length >> 1));
    await sleep(300);
    asked.destroy();
    await gone;
  }
  await sleep(300);
  expect(await jobsOf()).toBe(0);
  expect(await images()).toEqual([]);
  const batch = await accepted(['zip', zip]);
  expect(await finished(anna, batch)).toMatchObject({ state: 'done', counts: { done: 2 } });
});
