import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Image } from '../../../../backend-node/src/contract/image.ts';
import type { Version } from '../../../../backend-node/src/contract/versions.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';
import { recipe, upload } from './picture.ts';

let studio: Studio;
let anna: Client;

beforeAll(async () => {
  studio = await startStudio();
  anna = await studio.signUp('anna');
});
afterAll(() => studio.stop());

const WIDE = recipe(['resize', { width: 64, height: 16, fit: 'fill' }]);
const TALL = recipe(['resize', { width: 16, height: 64, fit: 'fill' }]);

const show = (id: string): Promise<Image> => anna.json('GET', `/images/${id}`);
const create = (id: string, body: unknown): Promise<Version> => anna.json('POST', `/images/${id}/versions`, body, 201);

test('an image tells the size and the blur of what it shows, whatever becomes current', async () => {
  const { id } = await upload(anna);
  const { width, height, thumbhash, shown } = await show(id);
  const original = { width, height, thumbhash };
  expect(shown).toEqual(original);
  expect(thumbhash).not.toBe('');

  const wide = await create(id, { recipe: WIDE });
  const ofWide = { width: 64, height: 16, thumbhash: wide.thumbhash };
  expect(await show(id)).toMatchObject({ ...original, shown: ofWide });
  await create(id, { recipe: TALL, current: false });
  expect((await show(id)).shown).toEqual(ofWide);
  const tall = await create(id, { recipe: TALL });
  expect((await show(id)).shown).toMatchObject({ width: 16, height: 64 });

  await anna.json('POST', `/images/${id}/versions/current`, { version: '' });
  expect((await show(id)).shown).toEqual(original);
  await anna.json('POST', `/images/${id}/versions/current`, { version: tall.id });
  await anna.json('DELETE', `/images/${id}/versions/${tall.id}`, undefined, 204);
  expect((await show(id)).shown).toMatchObject({ width: 16, height: 64 });
  const { items } = await anna.json<{ items: Version[] }>('GET', `/images/${id}/versions`);
  for (const version of items) await anna.json('DELETE', `/images/${id}/versions/${version.id}`, undefined, 204);
  expect((await show(id)).shown).toEqual(original);
});
