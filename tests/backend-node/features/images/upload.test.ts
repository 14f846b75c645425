import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeTime } from 'ulid';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Image } from '../../../../backend-node/src/contract/image.ts';
import type { UploadItem } from '../../../../backend-node/src/contract/image-upload.ts';
import { formOf, photo, png } from '../../photos.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';

let studio: Studio;
let anna: Client;
let ben: Client;

beforeAll(async () => {
  studio = await startStudio();
  anna = await studio.signUp('anna');
  ben = await studio.signUp('ben');
});
afterAll(() => studio.stop());

interface Items {
  items: UploadItem[];
}
interface Told {
  code: string;
  detail: string;
  details: Items;
}

async function send(client: Client, form: FormData, status: number): Promise<Items & Told> {
  const answer = await client.call('/images', { method: 'POST', body: form });
  const text = await answer.text();
  expect(answer.status, text).toBe(status);
  return JSON.parse(text) as Items & Told;
}

async function sendOne(client: Client, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Image> {
  const { items } = await send(client, formOf([[name, bytes]]), 201);
  const image = items[0]?.image;
  if (!image) throw new Error('no image');
  return image;
}

const count = (client: Client) =>
  client.json<{ total: number }>('GET', '/images?count=true&limit=1').then(({ total }) => total);
const temporary = (): string[] => {
  const root = join(inject('pyservice').data_dir, 'blobs', 'tmp');
  try {
    return readdirSync(root);
  } catch {
    return [];
  }
};

test('many files with one bad: each has its own fate, in their order', async () => {
  const files = Array.from({ length: 12 }, (_, at) => [`red-${at}.png`, png(20 + at, 20, [255, at, 0])] as const);
  const html = Buffer.from('<!doctype html><script>alert(1)</script>');
  const { items } = await send(anna, formOf([...files.slice(0, 6), ['evil.png', html], ...files.slice(6)]), 201);
  expect(items.map(({ name }) => name)).toEqual([
    ...files.slice(0, 6).map(([name]) => name),
    'evil.png',
    ...files.slice(6).map(([name]) => name),
  ]);
  expect(items.filter(({ status }) => status === 'created')).toHaveLength(12);
  expect(items[6]).toMatchObject({ status: 'failed', problem: { code: 'unsupported_format', status: 415 } });
  expect(items[0]?.image).toMatchObject({
    width: 20,
    height: 20,
    format: 'png',
    state: 'active',
    score: -1,
    review_state: 'original',
  });
});

test('fields before the files are written on every image', async () => {
  const fields = { tags: 'Shoes, red,shoes', sku: 'S-1', product_group: 'boots' };
  const { items } = await send(anna, formOf([['boot.png', png(31, 31, [1, 2, 3])]], fields), 201);
  expect(items[0]?.image).toMatchObject({ tags: ['Shoes', 'red'], sku: 'S-1', product_group: 'boots' });
  const found = await anna.json<{ items: Image[] }>('GET', '/images?q=boots');
  expect(found.items.map(({ name }) => name)).toEqual(['boot.png']);
});

test('fields that are unknown, too long or behind the files are refused', async () => {
  const bytes = png(8, 8, [9, 9, 9]);
  expect(await send(anna, formOf([['a.png', bytes]], { owner_id: 'x' }), 400)).toMatchObject({
    code: 'invalid_request',
  });
  expect(await send(anna, formOf([['a.png', bytes]], { sku: 'x'.repeat(101) }), 400)).toMatchObject({
    code: 'invalid_request',
  });
  const late = formOf([['a.png', bytes]]);
  late.append('sku', 'late');
  expect(await send(anna, late, 400)).toMatchObject({ code: 'invalid_request' });
});

test('no file, an empty form field, no multipart: 400 or 415 that says what was expected', async () => {
  const form = new FormData();
  form.append('tags', 'a');
  expect(await send(anna, form, 400)).toMatchObject({
    code: 'invalid_request',
    detail: expect.stringContaining('file') as string,
  });
  const empty = new FormData();
  empty.append('file', new Blob([]), '');
  await send(anna, empty, 400);
  const json = await anna.call('/images', {
    method: 'POST',
    body: '{}',
    headers: { 'Content-Type': 'application/json' },
  });
  expect(json.status).toBe(415);
  const broken = await anna.call('/images', {
    method: 'POST',
    body: '--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\nabc',
    headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
  });
  expect(broken.status).toBe(400);
  const boundless = await anna.call('/images', {
    method: 'POST',
    body: 'x',
    headers: { 'Content-Type': 'multipart/form-data' },
  });
  expect(boundless.status).toBe(400);
});

test('a raw body is one file; its name comes in the address', async () => {
  const answer = await anna.call('/images?name=dir%2Fmug.png&tags=a,b', {
    method: 'POST',
    body: png(22, 33, [5, 5, 5]),
    headers: { 'Content-Type': 'image/png' },
  });
  expect(answer.status).toBe(201);
  const { items } = (await answer.json()) as Items;
  expect(items[0]?.image).toMatchObject({ name: 'mug.png', tags: ['a', 'b'], width: 22, height: 33 });
});

test.each([
  ['shell.jpg.php', 'shell.jpg.php'],
  ['a.php%00.jpg', 'a.php%00.jpg'],
  ['.htaccess', '.htaccess'],
  ['../../x.png', 'x.png'],
  ['..\\..\\y.png', 'y.png'],
  ['a\u0000b\u0007.png', 'ab.png'],
  [`${'n'.repeat(300)}.png`, `${'n'.repeat(251)}.png`],
  ['фото \u202egnp.exe', 'фото gnp.exe'],
  ['<img src=x onerror=alert(1)>.png', '<img src=x onerror=alert(1)>.png'],
])('B1 the name %j is metadata only', async (given, kept) => {
  const bytes = png(10, 10, [given.length % 256, given.charCodeAt(2) % 256, given.charCodeAt(5) % 256]);
  const answer = await anna.call(`/images?${new URLSearchParams({ name: given }).toString()}`, {
    method: 'POST',
    body: bytes,
    headers: { 'Content-Type': 'application/octet-stream' },
  });
  if (answer.status === 400) {
    // eslint-disable-next-line no-control-regex
    expect(given).toMatch(/[\u0000-\u001f]/);
    return;
  }
  const { items } = (await answer.json()) as Items;
  expect(items[0]?.image?.name).toBe(kept);
  const blob = items[0]?.image?.blob ?? '';
  expect(execFileSync('find', [inject('pyservice').data_dir, '-name', blob]).toString()).toContain(
    `${blob.slice(0, 2)}/${blob.slice(2, 4)}/${blob}`,
  );
});

test('B1 names in a form lose their path, control characters and direction marks', async () => {
  const body = Buffer.concat([
    Buffer.from('--x\r\nContent-Disposition: form-data; name="file"; filename="../../фо\u202eто\u0001.png"\r\n\r\n'),
    png(11, 11, [7, 7, 7]),
    Buffer.from('\r\n--x--\r\n'),
  ]);
  const answer = await anna.call('/images', {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
  });
  const { items } = (await answer.json()) as Items;
  expect(items[0]?.name).toBe('фото.png');
});

test.each([
  ['HTML', '<html><body onload=alert(1)></body></html>'],
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  ['ELF', '\u007fELF\u0002\u0001\u0001\u0000'],
])('B2 B4 %s sent as image/png is 415 and leaves nothing', async (_kind, text) => {
  const before = await count(anna);
  expect(await send(anna, formOf([['a.png', Buffer.from(text)]]), 415)).toMatchObject({
    code: 'unsupported_format',
    details: { items: [{ name: 'a.png', status: 'failed' }] },
  });
  expect(await count(anna)).toBe(before);
});

test('B5 one byte beyond the limit is 413, announced or not, and the service keeps nothing', async () => {
  const { max_bytes } = await studio.parts.processing.about();
  const before = await count(anna);
  const headers = { 'Content-Type': 'image/png' };
  const announced = await anna.call('/images', { method: 'POST', headers, body: Buffer.alloc(max_bytes + 1) });
  expect(announced.status).toBe(413);
  expect(await announced.json()).toMatchObject({ code: 'image_too_large' });
  const endless = await chunked(anna, 'image/png', Buffer.alloc(0), Number.POSITIVE_INFINITY);
  expect(endless.status).toBe(413);
  expect(endless.sent).toBeLessThan(max_bytes * 4);
  const head = Buffer.from('--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n');
  const form = await chunked(anna, 'multipart/form-data; boundary=x', head, Number.POSITIVE_INFINITY);
  expect(form.status).toBe(413);
  expect(form.sent).toBeLessThan(max_bytes * 5);
  expect(await count(anna)).toBe(before);
  await sleep(300);
  // Other tests store things at the same time.
  await expect.poll(temporary).toEqual([]);
});

test('B5 a file that is too large does not harm the others of its form', async () => {
  const { max_bytes } = await studio.parts.processing.about();
  const { items } = await send(
    anna,
    formOf([
      ['small.png', png(12, 13, [40, 1, 1])],
      ['large.png', Buffer.alloc(max_bytes + 1)],
      ['other.png', png(13, 12, [40, 1, 1])],
    ]),
    201,
  );
  expect(items.map(({ status }) => status)).toEqual(['created', 'failed', 'created']);
  expect(items[1]?.problem?.code).toBe('image_too_large');
});

test('B9 the same bytes twice are one image, also at once, and another account has its own', async () => {
  const bytes = photo('coffee.png');
  const answers = await Promise.all(
    [1, 2, 3].map(() => anna.call('/images', { method: 'POST', body: formOf([['coffee.png', bytes]]) })),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 201]);
  const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as Items[];
  expect(new Set(bodies.map(({ items }) => items[0]?.image?.id)).size).toBe(1);
  const again = await send(anna, formOf([['other name.png', bytes]]), 200);
  expect(again.items[0]).toMatchObject({ status: 'duplicate', image: { name: 'coffee.png' } });
  const other = await sendOne(ben, 'coffee.png', bytes);
  expect(other.blob).toBe(bodies[0]?.items[0]?.image?.blob);
  expect(other.id).not.toBe(bodies[0]?.items[0]?.image?.id);
});

test('what is in the trash comes back when it is uploaded again', async () => {
  const bytes = png(17, 18, [17, 18, 19]);
  const { id } = await sendOne(anna, 'back.png', bytes);
  await anna.json('DELETE', `/images/${id}`, undefined, 204);
  const { items } = await send(anna, formOf([['back.png', bytes]]), 200);
  expect(items[0]).toMatchObject({ status: 'duplicate', image: { id, state: 'active', trashed_at: '' } });
});

test('an album takes new and known pictures, and must be one’s own', async () => {
  const bytes = png(19, 18, [17, 18, 19]);
  await sendOne(ben, 'known.png', bytes);
  const album = await ben.json<{ id: string }>('POST', '/albums', { name: 'Spring' }, 201);
  const { items } = await send(
    ben,
    formOf(
      [
        ['known.png', bytes],
        ['new.png', png(18, 19, [17, 18, 19])],
      ],
      { album: album.id },
    ),
    201,
  );
  expect(items.map(({ image }) => image?.albums)).toEqual([[album.id], [album.id]]);
  expect(await send(anna, formOf([['x.png', png(18, 20, [17, 18, 19])]], { album: album.id }), 404)).toMatchObject({
    code: 'not_found',
  });
});

test('a caller who goes away in the middle leaves no row and no file behind', async () => {
  const before = await count(anna);
  const bytes = png(1500, 1000, [1, 1, 1], 7);
  await cutOff(anna, bytes.subarray(0, bytes.length / 2));
  await sleep(1500);
  expect(await count(anna)).toBe(before);
  // Other tests store things at the same time.
  await expect.poll(temporary).toEqual([]);
  // The gateway and the service go on.
  await sendOne(anna, 'after.png', png(14, 15, [16, 17, 18]));
});

test('E8 no row, no orphan where the processing service is down: 503 with Retry-After', async () => {
  const alone = await startStudio({ service_url: 'http://127.0.0.1:9' });
  try {
    const client = await alone.signUp('anna');
    const answer = await client.call('/images', { method: 'POST', body: formOf([['a.png', png()]]) });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('Retry-After')).toMatch(/^\d+$/);
    expect((await client.json<{ items: unknown[] }>('GET', '/images')).items).toEqual([]);
  } finally {
    await alone.stop();
  }
});

test('A12 many slow uploads of one account do not keep others out', async () => {
  const slow = Array.from({ length: 24 }, () => dripping(anna));
  await sleep(1000);
  const started = Date.now();
  await sendOne(ben, 'quick.png', png(33, 11, [1, 2, 3]));
  expect(Date.now() - started).toBeLessThan(3000);
  for (const stop of slow) stop();
  await sleep(200);
});

/** A file that comes just fast enough to be waited for. Returns how to stop. */
function dripping(client: Client): () => void {
  const headers = { 'Content-Type': 'image/png', Authorization: `Bearer ${client.token}` };
  const req = request(`${studio.url}/api/v1/images`, { method: 'POST', headers });
  req.on('error', () => undefined);
  const timer = setInterval(() => req.write(Buffer.alloc(8000)), 250);
  return () => {
    clearInterval(timer);
    req.destroy();
  };
}

interface Streamed {
  readonly status: number;
  readonly sent: number;
}

/** A body without a length: the head, then zeros. */
function chunked(client: Client, type: string, head: Buffer, most: number): Promise<Streamed> {
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', headers: { 'Content-Type': type, Authorization: `Bearer ${client.token}` } };
    const req = request(`${studio.url}/api/v1/images`, options);
    const zeros = Buffer.alloc(256 * 1024);
    let sent = 0;
    let status = 0;
    const more = (): void => {
      while (status === 0 && sent < most) {
        sent += zeros.length;
        if (!req.write(zeros)) {
          req.once('drain', more);
          return;
        }
      }
    };
    req.on('response', (answer) => {
      status = answer.statusCode ?? -1;
      answer.resume();
      resolve({ status, sent });
      req.destroy();
    });
    req.on('error', (error) => (status === 0 ? reject(error) : undefined));
    req.write(head);
    more();
  });
}

async function cutOff(client: Client, bytes: Buffer): Promise<void> {
  const options = {
    method: 'POST',
    headers: {
      'Content-Type': 'image/png',
      'Content-Length': bytes.length * 2,
      Authorization: `Bearer ${client.token}`,
    },
  };
  const req = request(`${studio.url}/api/v1/images`, options);
  req.on('error', () => undefined);
  await new Promise((resolve) => req.write(bytes, resolve));
  await sleep(300);
  req.destroy();
}

test('the id of an image tells when it was uploaded, and ids are in that order', async () => {
  const files = Array.from({ length: 6 }, (_, at) => [`dated-${at}.png`, png(30 + at, 31, [at, 9, 9])] as const);
  const { items } = await send(anna, formOf(files), 201);
  const images = items.flatMap(({ image }) => image ?? []);
  expect(images).toHaveLength(6);
  for (const { id, uploaded_at } of images) expect(new Date(decodeTime(id)).toISOString()).toBe(uploaded_at);
  const newest = await anna.json<{ items: Image[] }>('GET', '/images?limit=6');
  expect(newest.items.map(({ id }) => id)).toEqual(
    images
      .map(({ id }) => id)
      .toSorted()
      .toReversed(),
  );
});
