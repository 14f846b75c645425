import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BulkResult } from '../../../../backend-node/src/contract/image-bulk.ts';
import type { ImageRow } from '../../../../backend-node/src/store/rows.ts';
import { newId } from '../../../../backend-node/src/ids.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';
import { remembered } from './things.ts';

let studio: Studio;
let anna: Client;
let ben: Client;

beforeAll(async () => {
  studio = await startStudio();
  anna = await studio.signUp('anna');
  ben = await studio.signUp('ben');
});
afterAll(() => studio.stop());

const bulk = (client: Client, body: unknown, status = 200) =>
  client.json<BulkResult>('POST', '/images/bulk', body, status);
const row = (id: string): Promise<ImageRow | undefined> => studio.parts.store.get('images', id);

async function some(count: number, about: Partial<ImageRow> = {}): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < count; at += 1) ids.push((await remembered(studio, anna.id, about)).id);
  return ids;
}

test('tags are added and taken away, once; doing it again changes nothing', async () => {
  const ids = await some(3, { tags: ['Red'] });
  expect(await bulk(anna, { ids, action: 'tag', tags: ['red', 'New'] })).toEqual({
    changed: 3,
    unchanged: 0,
    failed: [],
  });
  expect(await bulk(anna, { ids, action: 'tag', tags: ['new'] })).toEqual({ changed: 0, unchanged: 3, failed: [] });
  expect((await row(ids[0] ?? ''))?.tags).toEqual(['Red', 'New']);
  expect((await row(ids[0] ?? ''))?.words).toContain('new');
  expect(await bulk(anna, { ids, action: 'untag', tags: ['RED'] })).toMatchObject({ changed: 3 });
  expect((await row(ids[2] ?? ''))?.tags).toEqual(['New']);
});

test('SKU, product group and title are set', async () => {
  const ids = await some(2);
  await bulk(anna, { ids, action: 'set', sku: 'X', product_group: 'G', title: 'T' });
  expect(await row(ids[1] ?? '')).toMatchObject({ sku: 'X', product_group: 'G', title: 'T' });
});

test('what is not one’s own fails alone; the others are done', async () => {
  const ids = await some(2);
  const theirs = (await remembered(studio, ben.id)).id;
  const result = await bulk(anna, { ids: [ids[0], theirs, ids[1]], action: 'trash' });
  expect(result).toMatchObject({ changed: 2, unchanged: 0, failed: [{ id: theirs, code: 'not_found' }] });
  expect((await row(theirs))?.state).toBe('active');
});

test('a filter reaches all that it finds, and nothing else', async () => {
  await some(250, { product_group: 'lot' });
  const other = (await some(1))[0] ?? '';
  const theirs = (await remembered(studio, ben.id, { product_group: 'lot' })).id;
  expect(await bulk(anna, { filter: { q: 'lot' }, action: 'trash' })).toEqual({
    changed: 250,
    unchanged: 0,
    failed: [],
  });
  expect((await row(other))?.state).toBe('active');
  expect((await row(theirs))?.state).toBe('active');
  expect(await bulk(anna, { filter: { q: 'lot', state: 'trashed' }, action: 'restore' })).toMatchObject({
    changed: 250,
  });
  await bulk(anna, { filter: { q: 'lot' }, action: 'trash' });
  expect(await bulk(anna, { filter: { q: 'lot', state: 'trashed' }, action: 'purge' })).toEqual({
    changed: 250,
    unchanged: 0,
    failed: [],
  });
  expect(await studio.parts.store.count('images', { words: ['lot'] })).toBe(1);
});

test('only what is in the trash is purged; blobs are released, those that several had as well', async () => {
  const blobs = ['e'.repeat(64)];
  const ids = await some(2, { state: 'trashed', blobs });
  const active = (await some(1))[0] ?? '';
  expect(await bulk(anna, { ids: [...ids, active], action: 'purge' })).toMatchObject({
    changed: 2,
    failed: [{ id: active, code: 'invalid_transition' }],
  });
  expect(await studio.parts.store.get('released', 'e'.repeat(64))).toBeDefined();
  await bulk(anna, { filter: {}, action: 'purge' }, 409);
});

test('albums: into one’s own and out of it', async () => {
  const ids = await some(2);
  const album = (await anna.json<{ id: string }>('POST', '/albums', { name: 'Spring' }, 201)).id;
  expect(await bulk(anna, { ids, action: 'add_album', album })).toMatchObject({ changed: 2 });
  expect((await row(ids[0] ?? ''))?.albums).toEqual([album]);
  const told = await studio.parts.store.find('journal', { where: { target: album, action: 'album.images_added' } });
  expect(told.rows.map(({ details }) => details)).toEqual([{ ids }]);
  expect(await bulk(anna, { ids, action: 'remove_album', album })).toMatchObject({ changed: 2 });
  const theirs = (await ben.json<{ id: string }>('POST', '/albums', { name: 'Ben' }, 201)).id;
  await bulk(anna, { ids, action: 'add_album', album: theirs }, 404);
});

test('an image in as many albums as it may be fails alone', async () => {
  const album = (await anna.json<{ id: string }>('POST', '/albums', { name: 'Full' }, 201)).id;
  const [full = ''] = await some(1, { albums: Array.from({ length: 100 }, () => newId()) });
  const [free = ''] = await some(1);
  expect(await bulk(anna, { ids: [full, free], action: 'add_album', album })).toMatchObject({
    changed: 1,
    failed: [{ id: full, code: 'conflict' }],
  });
});

test('edits meanwhile are not lost', async () => {
  const ids = await some(50);
  const [result] = await Promise.all([
    bulk(anna, { ids, action: 'tag', tags: ['both'] }),
    ...ids.slice(0, 10).map((id) => anna.json('PATCH', `/images/${id}`, { title: 'edited' })),
  ]);
  expect(result).toEqual({ changed: 50, unchanged: 0, failed: [] });
  expect(await row(ids[3] ?? '')).toMatchObject({ title: 'edited', tags: ['both'] });
});

test('an image with as many tags as it may have fails alone', async () => {
  const [full = ''] = await some(1, { tags: Array.from({ length: 50 }, (_, at) => `t${at}`) });
  const [free = ''] = await some(1);
  expect(await bulk(anna, { ids: [full, free], action: 'tag', tags: ['one more'] })).toMatchObject({
    changed: 1,
    failed: [{ id: full, code: 'invalid_request' }],
  });
});

test('the journal has one entry a lot, with the ids', async () => {
  const ids = await some(120);
  await bulk(anna, { ids, action: 'tag', tags: ['counted'] });
  const { rows } = await studio.parts.store.find('journal', {
    where: { owner: anna.id },
    order: ['seq', 'desc'],
    limit: 2,
  });
  expect(rows.map(({ action }) => action)).toEqual(['image.tagged', 'image.tagged']);
  expect(rows.flatMap(({ details }) => details['ids'])).toHaveLength(120);
});

test.each([
  { action: 'trash' },
  { ids: [], action: 'trash' },
  { ids: ['x'], action: 'trash' },
  { ids: ['01ARZ3NDEKTSV4RRFFQ69G5FAV'], filter: {}, action: 'trash' },
  { filter: { owner: 'x' }, action: 'trash' },
  { filter: { sku: { $ne: '' } }, action: 'trash' },
  { filter: {}, action: 'approve' },
  { filter: {}, action: 'set', score: 100 },
  { filter: {}, action: 'set', review_state: 'approved' },
  { filter: {}, action: 'tag' },
  { filter: {}, action: 'trash', purge: true },
])('D6 D8 a bulk change refuses %j', async (body) => {
  await bulk(anna, body, 400);
});
