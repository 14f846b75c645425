import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Facets } from '../../../../backend-node/src/contract/gallery.ts';
import { newId } from '../../../../backend-node/src/ids.ts';
import type { ImageRow } from '../../../../backend-node/src/store/rows.ts';
import { added } from '../../store/sample.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';
import { remembered, type Page } from '../images/things.ts';

let studio: Studio;
let anna: Client;
let ben: Client;

beforeAll(async () => {
  studio = await startStudio();
  anna = await studio.signUp('anna');
  ben = await studio.signUp('ben');
  const add = (about: Partial<ImageRow>) => remembered(studio, anna.id, about);
  await add({ name: 'boot.png', tags: ['red', 'shoe'], format: 'png', review_state: 'approved' });
  await add({ name: 'mug.jpg', tags: ['red'], shown: { width: 30, height: 40, thumbhash: 'x' } });
  await add({ name: 'lamp.jpg', bytes: 1 });
  await add({ name: 'old.tiff', tags: ['old'], format: 'tiff', review_state: 'old', state: 'trashed' });
  await remembered(studio, ben.id, { name: 'secret.jpg', tags: ['secret'], format: 'webp', review_state: 'secret' });
});
afterAll(() => studio.stop());

type Shape = readonly [id: string, width: number, height: number];

async function outline(client: Client, query = ''): Promise<Shape[][]> {
  const answer = await client.call(`/images/outline${query}`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('Content-Type')).toBe('application/x-ndjson');
  const text = await answer.text();
  const lines = text.split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => JSON.parse(line) as Shape[]);
}

test.each(['', 'sort=name&order=asc', 'sort=bytes', 'tag=red', 'q=boot', 'state=trashed', 'format=jpeg&tag=red'])(
  'the outline has what the list has, in its order: %j',
  async (query) => {
    const { items } = await anna.json<Page>('GET', `/images?${query}`);
    const shapes = await outline(anna, `?${query}`);
    expect(shapes).toEqual([items.map(({ id, shown }) => [id, shown.width, shown.height])]);
    expect(items.length).toBeGreaterThan(0);
  },
);

test('an outline tells the size of what is shown', async () => {
  const [shapes] = await outline(anna, '?q=mug');
  expect(shapes?.[0]?.slice(1)).toEqual([30, 40]);
});

test('an outline of nothing is empty', async () => {
  expect(await outline(anna, '?tag=none')).toEqual([]);
});

test('an outline of many pages has every image once, at most 500 a line', async () => {
  const carl = await studio.signUp('carl');
  const rows = Array.from({ length: 1203 }, (_, at) => ({ id: newId(), blob: `${carl.id}-${at}` }));
  const { store } = studio.parts;
  const [sample] = (await store.find('images', { where: { owner: ben.id }, limit: 1 })).rows;
  if (!sample) throw new Error('Expected an image to begin with');
  await store.write(added(rows.map((row) => ({ ...sample, owner: carl.id, ...row }))));
  const lines = await outline(carl, '?order=asc');
  expect(lines.map((line) => line.length)).toEqual([500, 500, 203]);
  expect(lines.flat().map(([id]) => id)).toEqual(rows.map(({ id }) => id));
});

test.each(['limit=1', 'cursor=x', 'ids=x', 'sort=owner', 'state=gone'])('an outline refuses %j', async (query) => {
  await anna.json('GET', `/images/outline?${query}`, undefined, 400);
});

test('facets tell what there is, the most frequent first', async () => {
  expect(await anna.json<Facets>('GET', '/images/facets')).toEqual({
    tags: [
      { value: 'red', count: 2 },
      { value: 'shoe', count: 1 },
    ],
    formats: [
      { value: 'jpeg', count: 2 },
      { value: 'png', count: 1 },
    ],
    review_states: [
      { value: 'original', count: 2 },
      { value: 'approved', count: 1 },
    ],
  });
});

test('D7 nobody sees the images of another in an outline, or what they are about in facets', async () => {
  const dora = await studio.signUp('dora');
  expect(await outline(dora)).toEqual([]);
  expect(await dora.json('GET', '/images/facets')).toEqual({ tags: [], formats: [], review_states: [] });
  expect(JSON.stringify(await outline(anna))).not.toContain((await outline(ben))[0]?.[0]?.[0]);
});
