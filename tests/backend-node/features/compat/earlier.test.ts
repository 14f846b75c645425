/** /api/v1/enhance, /import and /batch over HTTP. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Batch } from '../../../../backend-node/src/contract/batches.ts';
import type { Enhanced } from '../../../../backend-node/src/contract/compat.ts';
import type { Import } from '../../../../backend-node/src/contract/imports.ts';
import { formOf, photo } from '../../photos.ts';
import { boxOnGrey } from '../../processing/drawn-png.ts';
import { createDispatcher } from '../../../../backend-node/src/app.ts';
import { lookAt, openStand, type Stand } from './stand.ts';

let stand: Stand;
let stopDispatching: () => Promise<void>;

beforeAll(async () => {
  stand = await openStand();
  stopDispatching = createDispatcher(stand.studio.parts).start();
}, 120_000);
afterAll(async () => {
  await stopDispatching();
  await stand.stop();
});

const upload = async (form: FormData, headers: Record<string, string> = {}): Promise<[number, Enhanced]> => {
  const answer = await stand.anna.call('/enhance/upload', { method: 'POST', body: form, headers });
  return [answer.status, (await answer.json()) as Enhanced];
};
const fetched = (path: string): Promise<Response> => stand.anna.call(path.replace('/api/v1', ''));
const box = (seed: number) => formOf([['box.png', boxOnGrey(seed) as Uint8Array<ArrayBuffer>]]);

describe('enhance', () => {
  test('a file is kept, and its version is where the answer says', async () => {
    const form = formOf([['cup.png', photo('coffee.png')]], { sku_id: 'CUP-1' });
    form.append('mode', 'sharpen');
    const [status, told] = await upload(form);
    expect([status, told]).toMatchObject([201, { mode: 'sharpen', width: 600, height: 400, duplicate: false }]);
    expect(told.quality).toBeGreaterThan(0);
    const seen = await lookAt(await fetched(told.url));
    expect(seen.size).toEqual([told.width, told.height]);
    const image = await stand.anna.json('GET', `/images/${told.image_id}`);
    expect(image).toMatchObject({ name: 'cup.png', sku: 'CUP-1', current_version: told.version_id });
  });

  test('an address, cut out on white and no larger than asked', async () => {
    const body = { url: `${stand.pictures}/coffee.png`, mode: 'optimize', remove_background: true, target_size_kb: 30 };
    const told = await stand.anna.json<Enhanced>('POST', '/enhance/url', body, 201);
    expect(told).toMatchObject({ duplicate: true, mime: 'image/jpeg' });
    expect(told.bytes).toBeLessThanOrEqual(30_000);
    expect((await lookAt(await fetched(told.url))).corner).toEqual([255, 255, 255]);
  });

  test.for([
    [{ url: 'http://169.254.169.254/' }, 400, 'blocked_address'],
    [{ url: 'file:///etc/passwd' }, 400, 'invalid_request'],
    [{ url: 'https://example.com/a.png', mode: '' }, 400, 'invalid_request'],
    [{ mode: 'auto' }, 400, 'invalid_request'],
  ] as const)('%j is refused', async ([body, status, code]) => {
    expect(await stand.anna.json('POST', '/enhance/url', body, status)).toMatchObject({ code });
  });

  test('an unknown mode, a bad size, no file', async () => {
    const [unknown] = await upload(formOf([['b.png', boxOnGrey(1) as Uint8Array<ArrayBuffer>]], { mode: 'no-such' }));
    const [size] = await upload(formOf([['b.png', boxOnGrey(1) as Uint8Array<ArrayBuffer>]], { target_size_kb: '0' }));
    const [none] = await upload(formOf([], { mode: 'auto' }));
    expect([unknown, size, none]).toEqual([404, 400, 400]);
  });

  test('a key needs both scopes', async () => {
    const alone = await stand.newKey('images:write');
    const both = await stand.newKey('images:write', 'process');
    const statusOf = async (key: string) =>
      (
        await fetch(`${stand.studio.url}/api/v1/enhance/upload`, {
          method: 'POST',
          headers: { 'X-Api-Key': key },
          body: box(2),
        })
      ).status;
    expect([await statusOf(alone), await statusOf(both)]).toEqual([403, 201]);
  });
});

test('E5 import: the same key twice is one import', async () => {
  const body = { image_urls: [`${stand.pictures}/coffee.png`], sku_id: 'CUP-2' };
  const init = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'import-1' },
    body: JSON.stringify(body),
  };
  const [first, second] = [await stand.anna.call('/import', init), await stand.anna.call('/import', init)];
  const { id } = (await first.json()) as Import;
  expect(await second.json()).toMatchObject({ id });
  expect(first.headers.get('Location')).toBe(`/api/v1/imports/${id}`);
  const ended = await until(() => stand.anna.json<Import>('GET', `/imports/${id}`));
  expect(ended).toMatchObject({ state: 'done', counts: { done: 1 } });
});

test('batch: the pictures of a SKU are worked on', async () => {
  await upload(formOf([['box.png', boxOnGrey(9) as Uint8Array<ArrayBuffer>]], { sku_id: 'BOX', mode: 'sharpen' }));
  const body = { sku_id: 'BOX', mode: 'denoise', target_size_kb: 500 };
  const { id, total } = await stand.anna.json<Batch>('POST', '/batch', body, 202);
  expect(total).toBe(1);
  const ended = await until(() => stand.anna.json<Batch>('GET', `/batch/${id}`));
  expect(ended).toMatchObject({ id, state: 'done', preset: 'denoise', counts: { done: 1 } });
  await stand.anna.json('POST', '/batch', { mode: 'auto' }, 400);
}, 120_000);

async function until<T extends Batch | Import>(read: () => Promise<T>): Promise<T> {
  // The workers of a batch load their weights first.
  const latest = Date.now() + 110_000;
  while (Date.now() < latest) {
    const now = await read();
    if (now.ended_at !== '') return now;
    await sleep(200);
  }
  throw new Error('Expected it to end, it did not');
}
