import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Image } from '../../../backend-node/src/contract/image.ts';
import { createLog } from '../../../backend-node/src/logs.ts';
import { Processing } from '../../../backend-node/src/processing/processing.ts';
import { Pyservice } from '../../../backend-node/src/processing/pyservice.ts';
import { startBucket, type Bucket } from '../bucket.ts';
import { uploaded } from '../features/images/things.ts';
import { photo } from '../photos.ts';
import { freePort, startPyservice, type RunningService } from '../pyservice.ts';
import { startStudio, type Client, type Studio } from '../studio.ts';
import { brokenServer } from './broken-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'vitrine-links-'));
const bytes = photo('rocket.jpg');
let bucket: Bucket;
let service: RunningService;
let studio: Studio;
let anna: Client;
let image: Image;

beforeAll(async () => {
  bucket = await startBucket();
  const { secret } = inject('pyservice');
  service = await startPyservice(folder, undefined, { ...bucket.environment, VITRINE_SERVICE_SECRET: secret });
  studio = await startStudio({ service_url: service.url });
  anna = await studio.signUp('anna');
  image = await uploaded(anna, 'rocket.jpg', bytes);
}, 120_000);
afterAll(async () => {
  await studio.stop();
  await service.stop();
  await bucket.stop();
  rmSync(folder, { recursive: true, force: true });
});

const asking = () => ({ signal: new AbortController().signal, request: 'r' });
const file = (init: RequestInit = {}): Promise<Response> => anna.call(`/images/${image.id}/file`, init);
const body = async (answer: Response): Promise<Buffer> => Buffer.from(await answer.arrayBuffer());

/** How often pyservice was asked meanwhile. */
async function calls(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const stop = studio.parts.processing.listen(({ verb }) => (count += Number(verb === 'GET /blobs')));
  await work();
  stop();
  return count;
}

/** Uploads a picture of its own and puts other bytes in its place. */
async function alteredPicture(): Promise<Image> {
  const own = Buffer.concat([bytes, Buffer.from(String(Math.random()))]);
  const made = await uploaded(anna, 'altered.jpg', own);
  await bucket.alter(made.blob, Buffer.alloc(own.length, 7));
  return made;
}

test('B7 a picture in a bucket comes through the gateway, with the headers that let nothing run', async () => {
  const answer = await file();
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-length': String(bytes.length),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, no-cache',
    'accept-ranges': 'bytes',
    etag: `"${image.blob}"`,
  });
  expect([...answer.headers.keys()].filter((name) => name.startsWith('x-amz') || name === 'location')).toEqual([]);
  expect((await body(answer)).equals(bytes)).toBe(true);
});

test('pyservice is asked for a link once, and the bucket for the bytes each time', async () => {
  const own = await uploaded(anna, 'own.jpg', Buffer.concat([bytes, Buffer.from('own')]));
  const read = async (): Promise<void> => {
    const answer = await anna.call(`/images/${own.id}/file`);
    expect(answer.status).toBe(200);
    await answer.arrayBuffer();
  };
  const before = bucket.asked('GET', own.blob);
  expect(await calls(read)).toBe(1);
  expect(await calls(read)).toBe(0);
  expect(bucket.asked('GET', own.blob) - before).toBe(2);
});

test('parts come from the bucket', async () => {
  await file().then(body);
  const answers: Response[] = [];
  const asked = await calls(async () => {
    for (const range of ['bytes=10-19', 'bytes=-10', `bytes=${bytes.length - 5}-`])
      answers.push(await file({ headers: { Range: range } }));
  });
  expect(asked).toBe(0);
  expect(answers.map(({ status }) => status)).toEqual([206, 206, 206]);
  expect(answers[0]?.headers.get('Content-Range')).toBe(`bytes 10-19/${bytes.length}`);
  const parts = await Promise.all(answers.map(body));
  expect(parts.map((part) => part.toString('hex'))).toEqual(
    [bytes.subarray(10, 20), bytes.subarray(-10), bytes.subarray(-5)].map((part) => part.toString('hex')),
  );
});

test('a part is given to whoever has the same picture, and the whole to whoever has another', async () => {
  const same = await file({ headers: { Range: 'bytes=0-9', 'If-Range': `"${image.blob}"` } });
  expect([same.status, (await body(same)).length]).toEqual([206, 10]);
  const other = await file({ headers: { Range: 'bytes=0-9', 'If-Range': '"another"' } });
  expect([other.status, (await body(other)).length]).toEqual([200, bytes.length]);
});

test('a part outside the file is 416, and several at once are the whole', async () => {
  const outside = await file({ headers: { Range: 'bytes=99999999-' } });
  expect([outside.status, outside.headers.get('Content-Range')]).toEqual([416, `bytes */${bytes.length}`]);
  const several = await file({ headers: { Range: 'bytes=0-1,4-5' } });
  expect([several.status, (await body(several)).length]).toEqual([200, bytes.length]);
});

test('HEAD tells the size and sends nothing', async () => {
  const answer = await file({ method: 'HEAD' });
  expect([answer.status, answer.headers.get('Content-Length')]).toEqual([200, String(bytes.length)]);
  expect(await body(answer)).toHaveLength(0);
});

test('thumbs and exports come from the bucket as well', async () => {
  const thumb = await anna.call(`/images/${image.id}/file?variant=thumb`);
  expect(thumb.status).toBe(200);
  const { processing } = studio.parts;
  const stream = await processing.open(image.blob, asking());
  const hash = createHash('sha256').update(await buffer(stream));
  expect(hash.digest('hex')).toBe(image.blob);
});

test('altered bytes are never given out as a whole picture', async () => {
  const { id, blob } = await alteredPicture();
  const answer = await anna
    .call(`/images/${id}/file`)
    .then(body)
    .catch((error: unknown) => error);
  expect(answer).toBeInstanceOf(Error);
  await expect(studio.parts.processing.small(blob, asking())).rejects.toMatchObject({ code: 'corrupt_blob' });
  const stream = await studio.parts.processing.open(blob, asking());
  await expect(buffer(stream)).rejects.toMatchObject({ code: 'corrupt_blob' });
});

test('what is in no bucket is not found', async () => {
  const { processing } = studio.parts;
  await expect(processing.blob('f'.repeat(64), {}, asking())).rejects.toMatchObject({ code: 'not_found' });
});

test('whoever hangs up ends the reading', async () => {
  const ended = new AbortController();
  ended.abort(new Error('hung up'));
  const wish = { signal: ended.signal, request: 'r' };
  await expect(studio.parts.processing.blob(image.blob, {}, wish)).rejects.toThrow('hung up');
});

/** A pyservice that gives this link, and the blob itself as `through`. */
async function giving(url: string | null) {
  let links = 0;
  const server = await brokenServer((socket, received) => {
    const isLink = received.startsWith('GET /blobs/') && (received.split(' ')[1] ?? '').endsWith('/link');
    links += Number(isLink);
    const text = isLink ? JSON.stringify({ url, expires_in_s: 600 }) : 'through';
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n${text}`);
  });
  const log = createLog({ log_level: 'error', log_format: 'json' }, { write: () => undefined });
  const pyservice = new Pyservice({ url: server.url, secret: 'x'.repeat(48), log });
  const stop = async (): Promise<void> => {
    await pyservice.close();
    await server.stop();
  };
  return { processing: new Processing(pyservice), links: () => links, stop };
}

const read = async (processing: Processing): Promise<string> =>
  (await processing.blob('a'.repeat(64), {}, asking())).body.text();

test('where the bucket is out of reach, or a link has ended, pyservice gives the bytes', async () => {
  const closed = await giving(`http://127.0.0.1:${await freePort()}/x`);
  const ended = await giving(`${bucket.endpoint}/pictures/nothing?X-Amz-Signature=x`);
  for (let time = 0; time < 5; time += 1) {
    expect(await read(closed.processing)).toBe('through');
    expect(await read(ended.processing)).toBe('through');
  }
  // A link that led nowhere is asked for anew.
  expect(ended.links()).toBe(5);
  await closed.stop();
  await ended.stop();
});

test('a store without links is not asked for one each time', async () => {
  const none = await giving(null);
  for (let time = 0; time < 5; time += 1) expect(await read(none.processing)).toBe('through');
  expect(none.links()).toBe(1);
  await none.stop();
});
