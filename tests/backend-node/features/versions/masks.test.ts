import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Version } from '../../../../backend-node/src/contract/versions.ts';
import { photo } from '../../photos.ts';
import { boxMask, sizeOf } from '../../processing/drawn-png.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';
import { recipe, upload } from './picture.ts';

let studio: Studio;
let anna: Client;

beforeAll(async () => {
  studio = await startStudio();
  anna = await studio.signUp('anna');
});
afterAll(() => studio.stop());

const CUT = recipe(['remove-background'], ['frame', { size_px: 200 }], ['background']);

const put = (image: string, png: Buffer, query = '', type = 'image/png'): Promise<Response> =>
  anna.call(`/images/${image}/mask${query}`, {
    method: 'PUT',
    headers: { 'Content-Type': type },
    body: new Uint8Array(png),
  });
const names = ({ recipe: { steps } }: Version): string[] => steps.map(({ operation }) => operation);

test('a mask comes in the frame of the original or of the result, as an inert picture', async () => {
  const image = await upload(anna);
  const version = await anna.json<Version>('POST', `/images/${image.id}/versions`, { recipe: CUT }, 201);
  for (const [frame, size] of [
    ['source', [160, 120]],
    ['result', [200, 200]],
  ] as const) {
    const answer = await anna.call(`/images/${image.id}/mask?frame=${frame}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Content-Type')).toBe('image/png');
    expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(answer.headers.get('Content-Security-Policy')).toContain('sandbox');
    expect(sizeOf(Buffer.from(await answer.arrayBuffer()))).toEqual(size);
  }
  const named = await anna.call(`/images/${image.id}/mask?version=${version.id}`);
  expect(named.headers.get('ETag')).toBe(`"${version.source_mask_blob}"`);
});

test('where nothing looked for the product there is no mask', async () => {
  const image = await upload(anna);
  await anna.json('GET', `/images/${image.id}/mask`, undefined, 404);
  await anna.json('POST', `/images/${image.id}/versions`, { recipe: recipe(['grayscale']) }, 201);
  await anna.json('GET', `/images/${image.id}/mask`, undefined, 404);
});

test('a painted mask makes a new version by the same recipe, and can be fetched and painted again', async () => {
  const image = await upload(anna);
  await anna.json('POST', `/images/${image.id}/versions`, { recipe: CUT }, 201);
  const painted = boxMask();
  const answer = await put(image.id, painted);
  expect(answer.status).toBe(201);
  const version = (await answer.json()) as Version;
  expect(answer.headers.get('Location')).toBe(`/api/v1/images/${image.id}/versions/${version.id}`);
  expect(version).toMatchObject({ number: 2, current: true, width: 200 });
  expect(version.warnings.join()).not.toContain('stretched');
  expect(names(version)).toEqual(['use-mask', 'frame', 'background']);
  const fetched = Buffer.from(await (await anna.call(`/images/${image.id}/mask`)).arrayBuffer());
  expect(sizeOf(fetched)).toEqual([160, 120]);
  const again = (await (await put(image.id, fetched)).json()) as Version;
  expect(again.blob).toBe(version.blob);
  const next = (await (await put(image.id, boxMask(320, 240))).json()) as Version;
  expect(sizeOf(Buffer.from(await (await anna.call(`/images/${image.id}/mask`)).arrayBuffer()))).toEqual([160, 120]);
  expect(names(next)).toEqual(['use-mask', 'frame', 'background']);
  const row = await studio.parts.store.get('versions', next.id);
  expect(row?.blobs).toContain(next.source_mask_blob);
});

test('a recipe that crops before it cuts takes the mask first', async () => {
  const image = await upload(anna);
  const crop = { x: 10, y: 10, width: 80, height: 80, unit: 'percent' };
  const base = recipe(['crop', crop], ['remove-background'], ['background']);
  await anna.json('POST', `/images/${image.id}/versions`, { recipe: base }, 201);
  const version = (await (await put(image.id, boxMask())).json()) as Version;
  expect(names(version)).toEqual(['use-mask', 'crop', 'background']);
});

test('a mask of another aspect is stretched, and a warning says so', async () => {
  const image = await upload(anna);
  const version = (await (await put(image.id, boxMask(100, 300))).json()) as Version;
  expect(version.warnings.join()).toContain('stretched');
});

test('an original is cut out on white', async () => {
  const image = await upload(anna);
  const version = (await (await put(image.id, boxMask())).json()) as Version;
  expect(names(version)).toEqual(['use-mask', 'background']);
  expect(version.mime).toBe('image/jpeg');
});

test.for([
  ['text/html', '<script>alert(1)</script>', 415, 'unsupported_media_type'],
  ['image/png', '<script>alert(1)</script>', 415, 'unsupported_format'],
  ['image/png', '\u0089PNG\r\n\u001a\n and no more', 422, 'broken_image'],
] as const)('a mask of type %s with %j is refused', async ([type, text, status, code]) => {
  const image = await upload(anna);
  const answer = await put(image.id, Buffer.from(text, 'latin1'), '', type);
  expect([answer.status, await answer.json()]).toMatchObject([status, { code }]);
  expect(await anna.json('GET', `/images/${image.id}`)).toMatchObject({ versions: 0 });
});

test('another format under the name of PNG is refused, and what came is let go of', async () => {
  const image = await upload(anna);
  const answer = await put(image.id, photo('rocket.jpg'));
  expect([answer.status, await answer.json()]).toMatchObject([415, { code: 'unsupported_format' }]);
  const blob = createHash('sha256').update(photo('rocket.jpg')).digest('hex');
  expect(await studio.parts.store.get('released', blob)).toBeDefined();
});

test('D7 another’s mask cannot be put', async () => {
  const image = await upload(anna);
  const ben = await studio.signUp('ben');
  const answer = await ben.call(`/images/${image.id}/mask`, {
    method: 'PUT',
    headers: { 'Content-Type': 'image/png' },
    body: new Uint8Array(boxMask()),
  });
  expect(answer.status).toBe(404);
});
