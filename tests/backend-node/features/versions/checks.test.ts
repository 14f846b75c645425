import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Image } from '../../../../backend-node/src/contract/image.ts';
import type { Version } from '../../../../backend-node/src/contract/versions.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';
import { SMALL, upload } from './picture.ts';

let studio: Studio;
let anna: Client;

beforeAll(async () => {
  studio = await startStudio();
  anna = await studio.signUp('anna');
});
afterAll(() => studio.stop());

interface Checked {
  readonly report: { readonly items?: unknown[] };
  readonly fixed: { readonly blob: string } | null;
  readonly version: Version | null;
}
const check = (image: string, body: Record<string, unknown>): Promise<Checked> =>
  anna.json('POST', `/images/${image}/check`, { channel: 'amazon-main', ...body });
const versions = async (image: string): Promise<number> => (await anna.json<Image>('GET', `/images/${image}`)).versions;

test('a check of the original or of a version keeps nothing', async () => {
  const image = await upload(anna);
  const original = await check(image.id, {});
  expect(original.version).toBeNull();
  await anna.json('POST', `/images/${image.id}/versions`, { recipe: SMALL }, 201);
  expect((await check(image.id, {})).report).not.toEqual(original.report);
  expect((await check(image.id, { version: '' })).report).toEqual(original.report);
  expect(await versions(image.id)).toBe(1);
});

test('a fix is shown, and becomes a version only where that is asked for', async () => {
  const image = await upload(anna);
  const shown = await check(image.id, { fix: true });
  expect(shown.fixed?.blob).toMatch(/^[0-9a-f]{64}$/);
  expect(shown.version).toBeNull();
  expect(await versions(image.id)).toBe(0);
  expect(await studio.parts.store.get('released', shown.fixed?.blob ?? '')).toBeDefined();
  const saved = await check(image.id, { fix: true, save: true });
  expect(saved.version).toMatchObject({ number: 1, current: true, blob: shown.fixed?.blob });
  expect(await versions(image.id)).toBe(1);
});

test('an unknown channel is not found', async () => {
  const image = await upload(anna);
  expect(await anna.json('POST', `/images/${image.id}/check`, { channel: 'nowhere' }, 404)).toMatchObject({
    code: 'not_found',
  });
});

test('to save without a fix makes no sense', async () => {
  const image = await upload(anna);
  await anna.json('POST', `/images/${image.id}/check`, { channel: 'amazon-main', save: true }, 400);
});
