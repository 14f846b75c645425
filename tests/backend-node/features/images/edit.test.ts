import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Image } from '../../../../backend-node/src/contract/image.ts';
import { every } from '../../../../backend-node/src/store/store.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';
import { remembered, uploaded, type Page } from './things.ts';

let studio: Studio;
let anna: Client;
let ben: Client;

beforeAll(async () => {
  studio = await startStudio();
  anna = await studio.signUp('anna');
  ben = await studio.signUp('ben');
});
afterAll(() => studio.stop());

const patch = (client: Client, id: string, body: unknown, headers: Record<string, string> = {}) =>
  client.call(`/images/${id}`, {
    method: 'PATCH',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', ...headers },
  });

async function actions(target: string): Promise<string[]> {
  const found: string[] = [];
  for await (const row of every(studio.parts.store, 'journal', { where: { owner: anna.id }, order: ['seq', 'asc'] })) {
    if (row.target === target) found.push(row.action);
  }
  return found;
}

test('title, SKU, product group and tags are edited and found', async () => {
  const { id, revision } = await remembered(studio, anna.id);
  const body = { title: ' Blue mug ', sku: 'M-7', product_group: 'mugs', tags: [' Blue', 'blue', 'Tea time'] };
  const image = await anna.json<Image>('PATCH', `/images/${id}`, body);
  expect(image).toMatchObject({ title: 'Blue mug', sku: 'M-7', product_group: 'mugs', tags: ['Blue', 'Tea time'] });
  expect(image.revision).toBe(revision + 1);
  expect((await anna.json<Page>('GET', '/images?q=tea%20mugs%20m-7')).items.map((item) => item.id)).toEqual([id]);
  expect(await anna.json<Image>('PATCH', `/images/${id}`, body)).toEqual(image);
  expect(await actions(id)).toEqual(['image.changed']);
});

test.each([
  { role: 'admin' },
  { owner_id: 'x' },
  { owner: 'x' },
  { qc_status: 'approved' },
  { review_state: 'approved' },
  { score: 100 },
  { name: 'other.jpg' },
  { albums: [] },
  { state: 'active' },
  { tags: 'a' },
  { tags: ['a,b'] },
  { tags: [''] },
  { tags: Array.from({ length: 51 }, (_, at) => `t${at}`) },
  { tags: ['x'.repeat(61)] },
  { title: 'a\u0000b' },
  { title: { $ne: null } },
  { title: 'x'.repeat(201) },
  [],
  'text',
])('D8 D6 editing refuses %j', async (body) => {
  const row = await remembered(studio, anna.id);
  const answer = await patch(anna, row.id, body);
  expect(answer.status).toBe(400);
  expect(await studio.parts.store.get('images', row.id)).toEqual(row);
});

test('If-Match with an older revision is 412, with the present one it is done', async () => {
  const { id } = await remembered(studio, anna.id);
  const got = await anna.call(`/images/${id}`);
  const etag = got.headers.get('ETag') ?? '';
  expect(etag).toBe('"r1"');
  expect((await patch(anna, id, { title: 'one' }, { 'If-Match': etag })).status).toBe(200);
  const late = await patch(anna, id, { title: 'two' }, { 'If-Match': etag });
  expect(late.status).toBe(412);
  expect(await late.json()).toMatchObject({ code: 'precondition_failed' });
  expect((await anna.call(`/images/${id}`, { method: 'DELETE', headers: { 'If-Match': etag } })).status).toBe(412);
});

test('edits at the same time are all done where nobody asked for a revision', async () => {
  const { id } = await remembered(studio, anna.id);
  const answers = await Promise.all(Array.from({ length: 8 }, (_, at) => patch(anna, id, { title: `t${at}` })));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
  expect((await studio.parts.store.get('images', id))?.revision).toBe(9);
});

test('trash, restore, purge: the whole way, and each step only where it may be taken', async () => {
  const { id, blob } = await uploaded(anna);
  const row = await studio.parts.store.get('images', id);
  expect((await anna.call(`/images/${id}?purge=true`, { method: 'DELETE' })).status).toBe(409);
  await anna.json('DELETE', `/images/${id}`, undefined, 204);
  await anna.json('DELETE', `/images/${id}`, undefined, 204);
  expect(await anna.json<Image>('GET', `/images/${id}`)).toMatchObject({
    state: 'trashed',
    trashed_at: expect.stringMatching(/Z$/) as string,
  });
  expect(await anna.json<Image>('POST', `/images/${id}/restore`)).toMatchObject({ state: 'active', trashed_at: '' });
  await anna.json('DELETE', `/images/${id}`, undefined, 204);
  const version = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
  await studio.parts.store.write([{ insert: 'versions', row: versionRow(version, id) }]);
  await anna.json('DELETE', `/images/${id}?purge=true`, undefined, 204);
  await anna.json('GET', `/images/${id}`, undefined, 404);
  expect(await studio.parts.store.get('versions', version)).toBeUndefined();
  for (const gone of [blob, row?.thumb ?? '', 'f'.repeat(64)]) {
    expect(await studio.parts.store.get('released', gone)).toMatchObject({ id: gone });
  }
  expect(await actions(id)).toEqual([
    'image.created',
    'image.trashed',
    'image.restored',
    'image.trashed',
    'image.purged',
  ]);
});

const versionRow = (id: string, image: string) => ({
  id,
  owner: anna.id,
  image,
  number: 1,
  created_at: '2026-01-01T00:00:00.000Z',
  created_by: anna.id,
  preset: '',
  recipe: {},
  blob: 'f'.repeat(64),
  mask_blob: '',
  source_mask_blob: '',
  thumb: 'f'.repeat(64),
  blobs: ['f'.repeat(64)],
  review_state: 'pending',
  rendered: {},
});

test('facts say what the original is, and never where it was taken', async () => {
  const { id } = await uploaded(anna);
  const facts = await anna.json('GET', `/images/${id}/facts`);
  expect(facts).toMatchObject({ mime: 'image/png', format: 'png', color_model: 'RGB' });
  expect(JSON.stringify(facts).toLowerCase()).not.toContain('gps');
  expect(facts).not.toHaveProperty('thumb');
});

test('D7 the image of another is not there, whatever is tried', async () => {
  const { id } = await remembered(studio, anna.id, { state: 'trashed' });
  const before = await studio.parts.store.get('images', id);
  const tried = [
    await ben.call(`/images/${id}`),
    await ben.call(`/images/${id}/facts`),
    await patch(ben, id, { title: 'mine' }),
    await ben.call(`/images/${id}`, { method: 'DELETE' }),
    await ben.call(`/images/${id}?purge=true`, { method: 'DELETE' }),
    await ben.call(`/images/${id}/restore`, { method: 'POST' }),
  ];
  expect(tried.map(({ status }) => status)).toEqual(tried.map(() => 404));
  expect(await studio.parts.store.get('images', id)).toEqual(before);
});
