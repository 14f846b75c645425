/** E8, the part about the worker: pyservice killed, away, frozen, and back. */
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Image } from '../../../backend-node/src/contract/image.ts';
import { recipe, SMALL, upload } from '../features/versions/picture.ts';
import { png } from '../photos.ts';
import { startPyservice, type RunningService } from '../pyservice.ts';
import { startStudio, type Client, type Studio } from '../studio.ts';
import { boxOnGrey } from './drawn-png.ts';
import { killed, paused } from './killed.ts';

let data_dir: string;
let service: RunningService;
let studio: Studio;
let anna: Client;

beforeAll(async () => {
  data_dir = mkdtempSync(join(tmpdir(), 'vitrine-restart-'));
  copyFileSync(join(inject('pyservice').data_dir, 'service.secret'), join(data_dir, 'service.secret'));
  service = await startPyservice(data_dir);
  studio = await startStudio({ service_url: service.url, beat_ms: 500 });
  anna = await studio.signUp('anna');
}, 120_000);

afterAll(async () => {
  await studio.stop();
  paused(service, 'SIGCONT');
  await killed(service);
  rmSync(data_dir, { recursive: true, force: true });
});

const count = (collection: 'images' | 'versions') => studio.parts.store.count(collection, {});
const render = (image: string, body: unknown = { recipe: SMALL }) =>
  anna.call(`/images/${image}/versions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

test('E8 killed in the middle of work: 503 soon, no orphan row, and it recovers by itself', async () => {
  const image = await upload(anna);
  const before = [await count('images'), await count('versions')];
  const heavy = recipe(
    ['resize', { width: 4000, height: 4000, enlarge: true }],
    ['denoise', { method: 'nlmeans', strength: 1 }],
  );
  const under_way = [render(image.id, { recipe: heavy }), render(image.id, { recipe: heavy })];
  await sleep(500);
  await killed(service);
  for (const answer of await Promise.all(under_way)) expect(answer.status).toBe(503);

  const started = performance.now();
  const refused = await Promise.all([
    render(image.id),
    anna.call(`/images/${image.id}/preview`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ recipe: SMALL }),
    }),
    anna.call('/images?name=late.png', {
      method: 'POST',
      headers: { 'Content-Type': 'image/png' },
      body: new Uint8Array(boxOnGrey(1001)),
    }),
  ]);
  for (const answer of refused) {
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(await answer.json()).toMatchObject({ code: 'processing_unavailable' });
  }
  expect(performance.now() - started).toBeLessThan(5000);
  expect((await fetch(`${studio.url}/readyz`)).status).toBe(503);
  expect(await anna.json<Image>('GET', `/images/${image.id}`)).toMatchObject({ versions: 0, revision: image.revision });
  expect([await count('images'), await count('versions')]).toEqual(before);

  // What was made before can still be looked at.
  expect((await anna.call(`/images/${image.id}/file`)).status).toBe(200);

  service = await startPyservice(data_dir, service.port);
  const back = performance.now();
  await expect.poll(async () => (await render(image.id)).status, { timeout: 10_000 }).toBe(201);
  expect(performance.now() - back).toBeLessThan(5000);
  expect((await upload(anna)).blob).toMatch(/^[0-9a-f]{64}$/);
}, 180_000);

test('E8 killed in the middle of uploads: unavailable, nothing is remembered, and what was sent can be sent again', async () => {
  const before = await count('images');
  let sent = 0;
  const slow = Readable.from(
    (async function* () {
      for (; sent < 200; sent += 1) {
        yield Buffer.alloc(20_000, sent);
        await sleep(20);
      }
    })(),
  );
  const asked = studio.parts.processing.ingest(slow, { signal: new AbortController().signal, request: 'r' });
  asked.catch(() => undefined);
  const bytes = png(1500, 1000, [1, 1, 1], 3);
  const half = halfSent(bytes);
  await expect.poll(() => sent).toBeGreaterThan(20);
  await killed(service);
  await expect(asked).rejects.toMatchObject({ code: 'processing_unavailable' });
  expect(slow.destroyed).toBe(false);
  slow.destroy();
  const answer = await half.finish();
  expect(answer.statusCode).toBe(503);
  expect(answer.headers['retry-after']).toMatch(/^\d+$/);
  expect(await count('images')).toBe(before);
  service = await startPyservice(data_dir, service.port);
  const again = () => anna.call('/images', { method: 'POST', headers: { 'Content-Type': 'image/png' }, body: bytes });
  await expect.poll(async () => (await again()).status, { timeout: 10_000 }).toBeLessThan(202);
  expect(await count('images')).toBe(before + 1);
}, 180_000);

/** An upload whose second half is still to come. */
function halfSent(bytes: Buffer) {
  const req = request(`${studio.url}/api/v1/images`, {
    method: 'POST',
    headers: { 'Content-Type': 'image/png', 'Content-Length': bytes.length, Authorization: `Bearer ${anna.token}` },
  });
  const answered = once(req, 'response') as Promise<[IncomingMessage]>;
  req.write(bytes.subarray(0, bytes.length / 2));
  return {
    finish: async () => {
      req.end(bytes.subarray(bytes.length / 2));
      const [answer] = await answered;
      return answer.resume();
    },
  };
}

test('E8 a worker that is frozen is given up, and taken up again when it goes on', async () => {
  const image = await upload(anna);
  paused(service, 'SIGSTOP');
  const started = performance.now();
  const answer = await render(image.id, { recipe: recipe(['sepia']) });
  expect(answer.status).toBe(503);
  expect(performance.now() - started).toBeLessThan(20_000);
  paused(service, 'SIGCONT');
  await expect.poll(async () => (await render(image.id)).status, { timeout: 20_000 }).toBe(201);
}, 180_000);
