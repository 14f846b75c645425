import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Image } from '../../../../backend-node/src/contract/image.ts';
import type { Version } from '../../../../backend-node/src/contract/versions.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';
import { GREY, recipe, SMALL, upload } from './picture.ts';

let studio: Studio;
let anna: Client;
let ben: Client;

beforeAll(async () => {
  studio = await startStudio();
  anna = await studio.signUp('anna');
  ben = await studio.signUp('ben');
});
afterAll(() => studio.stop());

const create = (client: Client, image: string, body: unknown): Promise<Version> =>
  client.json('POST', `/images/${image}/versions`, body, 201);
const show = (client: Client, image: string): Promise<Image> => client.json('GET', `/images/${image}`);
const list = (client: Client, image: string, query = ''): Promise<{ items: Version[]; nextCursor: string | null }> =>
  client.json('GET', `/images/${image}/versions${query}`);

test('a version is rendered, kept, and becomes the one shown', async () => {
  const image = await upload(anna);
  const version = await create(anna, image.id, { recipe: SMALL });
  expect(version).toMatchObject({
    image: image.id,
    number: 1,
    current: true,
    width: 64,
    height: 48,
    created_by: anna.id,
  });
  expect(version.recipe.steps[0]).toMatchObject({ operation: 'resize', version: expect.any(Number) as number });
  const shown = await show(anna, image.id);
  expect(shown).toMatchObject({ current_version: version.id, versions: 1, review_state: version.review_state });
  expect(shown.score).toBe(version.quality_after);
  expect(shown.revision).toBe(image.revision + 1);
  const row = await studio.parts.store.get('versions', version.id);
  expect(row?.blobs).toEqual(expect.arrayContaining([version.blob, row?.thumb]));
});

test('the answer says where the version is', async () => {
  const image = await upload(anna);
  const answer = await anna.call(`/images/${image.id}/versions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ recipe: GREY }),
  });
  const { id } = (await answer.json()) as Version;
  expect(answer.headers.get('Location')).toBe(`/api/v1/images/${image.id}/versions/${id}`);
  expect(await anna.json('GET', `/images/${image.id}/versions/${id}`)).toMatchObject({ id });
});

test('versions count up, newest first, page by page', async () => {
  const image = await upload(anna);
  for (const one of [SMALL, GREY, SMALL]) await create(anna, image.id, { recipe: one });
  const first = await list(anna, image.id, '?limit=2');
  expect(first.items.map(({ number }) => number)).toEqual([3, 2]);
  expect(first.items.map(({ current }) => current)).toEqual([true, false]);
  const second = await list(anna, image.id, `?limit=2&cursor=${first.nextCursor ?? ''}`);
  expect(second.items.map(({ number }) => number)).toEqual([1]);
  expect(second.nextCursor).toBeNull();
  expect(first.items[0]?.blob).toBe(second.items[0]?.blob);
});

test('many at once all get their own number', async () => {
  const image = await upload(anna);
  await Promise.all([SMALL, GREY, SMALL, GREY, SMALL].map((one) => create(anna, image.id, { recipe: one })));
  const { items } = await list(anna, image.id);
  expect(items.map(({ number }) => number)).toEqual([5, 4, 3, 2, 1]);
  expect(await show(anna, image.id)).toMatchObject({ versions: 5, current_version: items[0]?.id });
});

test('a version may be made without becoming current', async () => {
  const image = await upload(anna);
  const version = await create(anna, image.id, { recipe: GREY, current: false });
  expect(version.current).toBe(false);
  expect(await show(anna, image.id)).toMatchObject({
    current_version: '',
    review_state: 'original',
    score: -1,
    versions: 1,
  });
});

test('presets and saved recipes do as well, and are named', async () => {
  const image = await upload(anna);
  expect(await create(anna, image.id, { preset: 'optimize' })).toMatchObject({ preset: 'optimize' });
  const saved = await anna.json<{ id: string }>('POST', '/recipes', { name: 'Grey', recipe: GREY }, 201);
  const version = await create(anna, image.id, { saved_recipe: saved.id });
  expect(version.preset).toBe('Grey');
  expect(version.recipe.steps[0]?.operation).toBe('grayscale');
});

test('going back to a version or to the original', async () => {
  const image = await upload(anna);
  const first = await create(anna, image.id, { recipe: SMALL });
  await create(anna, image.id, { recipe: GREY });
  const back = await anna.json<Image>('POST', `/images/${image.id}/versions/current`, { version: first.id });
  expect(back).toMatchObject({ current_version: first.id, score: first.quality_after, versions: 2 });
  const original = await anna.json<Image>('POST', `/images/${image.id}/versions/current`, { version: '' });
  expect(original).toMatchObject({ current_version: '', review_state: 'original', score: -1, versions: 2 });
});

test('going back counts on what was read', async () => {
  const image = await upload(anna);
  const version = await create(anna, image.id, { recipe: SMALL });
  const headers = { 'Content-Type': 'application/json', 'If-Match': `"r${image.revision}"` };
  const body = JSON.stringify({ version: '' });
  const answer = await anna.call(`/images/${image.id}/versions/current`, { method: 'POST', headers, body });
  expect(answer.status).toBe(412);
  expect(await show(anna, image.id)).toMatchObject({ current_version: version.id });
});

test('a version that is deleted gives way to the one before, and its blobs are let go of', async () => {
  const image = await upload(anna);
  const first = await create(anna, image.id, { recipe: SMALL });
  const second = await create(anna, image.id, { recipe: GREY });
  await anna.json('DELETE', `/images/${image.id}/versions/${second.id}`, undefined, 204);
  expect(await show(anna, image.id)).toMatchObject({
    current_version: first.id,
    versions: 1,
    score: first.quality_after,
  });
  expect(await studio.parts.store.get('released', second.blob)).toBeDefined();
  await anna.json('DELETE', `/images/${image.id}/versions/${first.id}`, undefined, 204);
  expect(await show(anna, image.id)).toMatchObject({ current_version: '', versions: 0, review_state: 'original' });
  await anna.json('GET', `/images/${image.id}/versions/${first.id}`, undefined, 404);
});

test('another version than the current one goes without a trace on the image', async () => {
  const image = await upload(anna);
  const first = await create(anna, image.id, { recipe: SMALL });
  const second = await create(anna, image.id, { recipe: GREY });
  await anna.json('DELETE', `/images/${image.id}/versions/${first.id}`, undefined, 204);
  expect(await show(anna, image.id)).toMatchObject({ current_version: second.id, versions: 1 });
});

test('every change is in the journal', async () => {
  const image = await upload(anna);
  const version = await create(anna, image.id, { recipe: SMALL });
  await anna.json('POST', `/images/${image.id}/versions/current`, { version: '' });
  await anna.json('DELETE', `/images/${image.id}/versions/${version.id}`, undefined, 204);
  const { rows } = await studio.parts.store.find('journal', {
    where: { owner: anna.id },
    order: ['seq', 'desc'],
    limit: 3,
  });
  expect(rows.map(({ action, target }) => [action, target])).toEqual([
    ['version.deleted', version.id],
    ['image.version_chosen', image.id],
    ['version.created', version.id],
  ]);
  expect(rows[2]?.details).toEqual({ image: image.id, number: 1 });
});

test('E5 the same Idempotency-Key twice makes one version', async () => {
  const image = await upload(anna);
  const ask = () =>
    anna.call(`/images/${image.id}/versions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'once-only' },
      body: JSON.stringify({ recipe: SMALL }),
    });
  const [first, second] = [await ask(), await ask()];
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(await second.json()).toEqual(await first.json());
  expect((await list(anna, image.id)).items).toHaveLength(1);
});

test.for([
  [{}, 400, 'invalid_request'],
  [{ recipe: SMALL, preset: 'optimize' }, 400, 'invalid_request'],
  [{ recipe: { steps: 'all' } }, 400, 'invalid_request'],
  [{ recipe: recipe(['no-such-thing']) }, 400, 'invalid_recipe'],
  [{ recipe: recipe(['resize', { width: -1 }]) }, 400, 'invalid_recipe'],
  [{ preset: 'no-such-preset' }, 404, 'not_found'],
  [{ preset: '../../etc/passwd' }, 404, 'not_found'],
  [{ saved_recipe: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }, 404, 'not_found'],
  [{ recipe: SMALL, owner: 'me' }, 400, 'invalid_request'],
] as const)('%j is refused, and nothing is kept', async ([body, status, code]) => {
  const image = await upload(anna);
  expect(await anna.json('POST', `/images/${image.id}/versions`, body, status)).toMatchObject({ code });
  expect(await show(anna, image.id)).toMatchObject({ versions: 0, revision: image.revision });
});

test('a recipe nested too deeply is refused before anybody walks it', async () => {
  const image = await upload(anna);
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const answer = await anna.call(`/images/${image.id}/versions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'deep' },
    body: `{"recipe":{"steps":[],"more":${deep}}}`,
  });
  expect(answer.status).toBe(400);
});

test('what lies in the trash is not worked on', async () => {
  const image = await upload(anna);
  await anna.json('DELETE', `/images/${image.id}`, undefined, 204);
  const told = await anna.json('POST', `/images/${image.id}/versions`, { recipe: SMALL }, 409);
  expect(told).toMatchObject({ code: 'invalid_transition' });
});

test('D7 versions of another’s image are not found on any route', async () => {
  const image = await upload(anna);
  const version = await create(anna, image.id, { recipe: SMALL });
  const before = await show(anna, image.id);
  const path = `/images/${image.id}`;
  const asked: [string, string, unknown?][] = [
    ['POST', `${path}/versions`, { recipe: SMALL }],
    ['GET', `${path}/versions`],
    ['GET', `${path}/versions/${version.id}`],
    ['DELETE', `${path}/versions/${version.id}`],
    ['POST', `${path}/versions/current`, { version: '' }],
    ['GET', `${path}/mask`],
    ['GET', `${path}/mask?version=${version.id}`],
    ['POST', `${path}/check`, { channel: 'amazon-main' }],
    ['POST', `${path}/preview`, { recipe: SMALL }],
    ['POST', `${path}/inspect`, {}],
  ];
  for (const [method, route, body] of asked) {
    expect(await ben.json(method, route, body, 404), route).toMatchObject({ code: 'not_found' });
  }
  expect(await show(anna, image.id)).toEqual(before);
});

test('D7 a version of another image, even of one’s own, does not answer under this one', async () => {
  const [mine, other] = [await upload(ben), await upload(anna)];
  const version = await create(anna, other.id, { recipe: SMALL });
  await ben.json('GET', `/images/${mine.id}/versions/${version.id}`, undefined, 404);
  await ben.json('DELETE', `/images/${mine.id}/versions/${version.id}`, undefined, 404);
  await ben.json('POST', `/images/${mine.id}/versions/current`, { version: version.id }, 404);
  await ben.json('GET', `/images/${mine.id}/mask?version=${version.id}`, undefined, 404);
  await ben.json('POST', `/images/${mine.id}/inspect`, { version: version.id }, 404);
});

test('D7 a recipe cannot look at another’s pictures by their blob ids', async () => {
  const secret = await upload(anna);
  const mine = await upload(ben);
  const spying = recipe(['background', { kind: 'image', blob: secret.blob }]);
  const masked = recipe(['use-mask', { blob: secret.blob }]);
  const off = { steps: [{ operation: 'use-mask', params: { blob: secret.blob }, enabled: false }] };
  for (const spy of [spying, masked, off]) {
    const path = `/images/${mine.id}`;
    for (const [route, body] of [
      [`${path}/versions`, { recipe: spy }],
      [`${path}/preview`, { recipe: spy }],
      ['/recipes', { name: 'spy', recipe: spy }],
    ] as const) {
      expect(await ben.json('POST', route, body, 404), route).toMatchObject({ code: 'not_found' });
    }
  }
  const missing = recipe(['use-mask', { blob: 'f'.repeat(64) }]);
  const unknown = await ben.json<{ detail: string }>('POST', `/images/${mine.id}/versions`, { recipe: missing }, 404);
  const hidden = await ben.json<{ detail: string }>('POST', `/images/${mine.id}/versions`, { recipe: masked }, 404);
  expect(hidden.detail.replace(secret.blob, '')).toBe(unknown.detail.replace('f'.repeat(64), ''));
  expect(await create(anna, secret.id, { recipe: spying })).toMatchObject({ number: 1 });
});

test('pictures that a recipe names stay for as long as the version does', async () => {
  const [image, ground] = [await upload(anna), await upload(anna)];
  const version = await create(anna, image.id, { recipe: recipe(['use-mask', { blob: ground.blob }], ['background']) });
  const row = await studio.parts.store.get('versions', version.id);
  expect(row?.blobs).toContain(ground.blob);
});
