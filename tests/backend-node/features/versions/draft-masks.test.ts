/** Masks of recipes that are not saved yet. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PaintedMask, Version } from '../../../../backend-node/src/contract/versions.ts';
import { boxMask, sizeOf } from '../../processing/drawn-png.ts';
import { photo, picture } from '../../photos.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';
import { recipe, SMALL, upload } from './picture.ts';

let studio: Studio;
let anna: Client;
let ben: Client;

beforeAll(async () => {
  studio = await startStudio();
  anna = await studio.signUp('anna');
  ben = await studio.signUp('ben');
});
afterAll(() => studio.stop());

const post = (image: string, png: Buffer, type = 'image/png', client = anna): Promise<Response> =>
  client.call(`/images/${image}/masks`, {
    method: 'POST',
    headers: { 'Content-Type': type },
    body: new Uint8Array(png),
  });
const added = async (image: string, png: Buffer): Promise<PaintedMask> => {
  const answer = await post(image, png);
  expect(answer.status).toBe(201);
  return (await answer.json()) as PaintedMask;
};
const cutBy = ({ blob }: PaintedMask) => ({ ...recipe(['use-mask', { blob }]), output: { format: 'png' } });
const previewed = (client: Client, image: string, body: object): Promise<Response> =>
  client.call(`/images/${image}/preview`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
const blobsOf = async (image: string): Promise<readonly string[]> =>
  (await studio.parts.store.get('images', image))?.blobs ?? [];
const isReleased = async (blob: string): Promise<boolean> =>
  (await studio.parts.store.get('released', blob)) !== undefined;
const mask = (seed: number): Buffer => Buffer.from(picture(seed));

test('a painted mask can be previewed and comes back, without a version', async () => {
  const image = await upload(anna);
  const painted = await added(image.id, boxMask(320, 240));
  expect(painted).toMatchObject({ width: 320, height: 240 });
  const seen = await previewed(anna, image.id, { recipe: cutBy(painted), max_px: 80 });
  expect(sizeOf(Buffer.from(await seen.arrayBuffer()))).toEqual([80, 60]);
  expect(seen.headers.get('Vitrine-Rendered')).toContain('"warnings":[]');
  const back = await previewed(anna, image.id, { recipe: cutBy(painted), max_px: 80, part: 'source_mask' });
  expect(sizeOf(Buffer.from(await back.arrayBuffer()))).toEqual([80, 60]);
  expect(await anna.json('GET', `/images/${image.id}`)).toMatchObject({ versions: 0, current_version: '' });
});

test('D7 nobody else can use it, not even by its name', async () => {
  const image = await upload(anna);
  const painted = await added(image.id, boxMask(161, 121));
  expect((await post(image.id, boxMask(), 'image/png', ben)).status).toBe(404);
  const own = await upload(ben);
  for (const verb of ['preview', 'versions']) {
    const answer = await ben.json('POST', `/images/${own.id}/${verb}`, { recipe: cutBy(painted) }, 404);
    expect(answer).toMatchObject({ code: 'not_found' });
  }
});

test('a version that is made with it keeps it, also when the image lets go of it', async () => {
  const image = await upload(anna);
  const painted = await added(image.id, boxMask(162, 122));
  const version = await anna.json<Version>('POST', `/images/${image.id}/versions`, { recipe: cutBy(painted) }, 201);
  const row = await studio.parts.store.get('versions', version.id);
  expect(row?.blobs).toContain(painted.blob);
  for (let seed = 100; seed < 150; seed += 1) await added(image.id, mask(seed));
  expect(await blobsOf(image.id)).not.toContain(painted.blob);
  expect((await previewed(anna, image.id, { recipe: cutBy(painted), max_px: 80 })).status).toBe(200);
  const fetched = await anna.call(`/images/${image.id}/mask`);
  expect(sizeOf(Buffer.from(await fetched.arrayBuffer()))).toEqual([160, 120]);
});

test('the latest fifty are kept; the same one again counts once, as the latest', async () => {
  const image = await upload(anna);
  const [first, second] = [await added(image.id, mask(1)), await added(image.id, mask(2))];
  for (let seed = 3; seed <= 50; seed += 1) await added(image.id, mask(seed));
  expect((await added(image.id, mask(1))).blob).toBe(first.blob);
  expect(await blobsOf(image.id)).toHaveLength(52);
  const last = await added(image.id, mask(51));
  const kept = await blobsOf(image.id);
  expect(kept).toHaveLength(52);
  expect(kept.slice(-2)).toEqual([first.blob, last.blob]);
  expect(kept).not.toContain(second.blob);
  expect(await isReleased(second.blob)).toBe(true);
  expect(await isReleased(first.blob)).toBe(false);
});

test('it goes with the image', async () => {
  const image = await upload(anna);
  const painted = await added(image.id, boxMask(163, 123));
  await anna.json('DELETE', `/images/${image.id}`, undefined, 204);
  await anna.json('DELETE', `/images/${image.id}?purge=true`, undefined, 204);
  expect(await isReleased(painted.blob)).toBe(true);
});

test.for([
  ['text/html', '<script>alert(1)</script>', 415, 'unsupported_media_type'],
  ['image/png', '<script>alert(1)</script>', 415, 'unsupported_format'],
  ['image/png', '\u0089PNG\r\n\u001a\n and no more', 422, 'broken_image'],
] as const)('a mask of type %s with %j is refused', async ([type, text, status, code]) => {
  const image = await upload(anna);
  const answer = await post(image.id, Buffer.from(text, 'latin1'), type);
  expect([answer.status, await answer.json()]).toMatchObject([status, { code }]);
  expect(await blobsOf(image.id)).toHaveLength(2);
});

test('another format under the name of PNG is refused, and what came is let go of', async () => {
  const image = await upload(anna);
  const answer = await post(image.id, photo('rocket.jpg'));
  expect([answer.status, await answer.json()]).toMatchObject([415, { code: 'unsupported_format' }]);
  expect(await isReleased(createHash('sha256').update(photo('rocket.jpg')).digest('hex'))).toBe(true);
});

test('an image in the trash takes none', async () => {
  const image = await upload(anna);
  await anna.json('DELETE', `/images/${image.id}`, undefined, 204);
  const answer = await post(image.id, boxMask());
  expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'invalid_transition' }]);
});

test('a recipe without a product has no mask to paint on', async () => {
  const image = await upload(anna);
  const answer = await previewed(anna, image.id, { recipe: SMALL, part: 'source_mask' });
  expect([answer.status, await answer.json()]).toMatchObject([422, { code: 'no_product' }]);
});
