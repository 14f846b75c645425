import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStudio, type Client, type Studio } from '../../studio.ts';
import { remembered, type Page } from './things.ts';

let studio: Studio;
let anna: Client;
let ben: Client;
const album = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

beforeAll(async () => {
  studio = await startStudio();
  anna = await studio.signUp('anna');
  ben = await studio.signUp('ben');
  const day = (number: number) => `2026-01-${String(number).padStart(2, '0')}T12:00:00.000Z`;
  const add = (about: Parameters<typeof remembered>[2]) => remembered(studio, anna.id, about);
  await add({ name: 'Café mug.jpg', sku: 'M-1', tags: ['Kitchen', 'red'], uploaded_at: day(1), bytes: 5, score: 90 });
  await add({
    name: 'boot.png',
    sku: 'B-1',
    product_group: 'Shoes, red',
    objects: ['shoe'],
    format: 'png',
    uploaded_at: day(2),
    bytes: 4,
    score: 10,
  });
  await add({
    name: 'sandal.png',
    sku: 'B-2',
    objects: ['shoe'],
    tags: ['red'],
    format: 'png',
    uploaded_at: day(3),
    bytes: 3,
  });
  await add({
    name: 'lamp.jpg',
    title: 'Desk lamp',
    albums: [album],
    uploaded_at: day(4),
    bytes: 2,
    review_state: 'approved',
  });
  await add({ name: 'old.jpg', state: 'trashed', trashed_at: day(6), uploaded_at: day(5), bytes: 1 });
  await remembered(studio, ben.id, { name: 'ben mug.jpg', tags: ['red'] });
});
afterAll(() => studio.stop());

const names = async (query: string): Promise<string[]> =>
  (await anna.json<Page>('GET', `/images?${query}`)).items.map(({ name }) => name);

test.each([
  ['', ['lamp.jpg', 'sandal.png', 'boot.png', 'Café mug.jpg']],
  ['q=cafe', ['Café mug.jpg']],
  ['q=MUG%20kit', ['Café mug.jpg']],
  ['q=desk', ['lamp.jpg']],
  ['q=M-1', ['Café mug.jpg']],
  ['q=%21%21', []],
  ['q=nothing', []],
  ['tag=red', ['sandal.png', 'Café mug.jpg']],
  ['tag=Kitchen,blue', ['Café mug.jpg']],
  ['sku=B-1', ['boot.png']],
  ['product_group=Shoes%2C%20red', ['boot.png']],
  ['object=shoe', ['sandal.png', 'boot.png']],
  ['object=shoe&tag=red', ['sandal.png']],
  [`album=${album}`, ['lamp.jpg']],
  ['state=trashed', ['old.jpg']],
  ['review=approved,pending', ['lamp.jpg']],
  ['format=png', ['sandal.png', 'boot.png']],
  ['from=2026-01-02&to=2026-01-04', ['sandal.png', 'boot.png']],
  ['from=2026-01-03T13:00:00%2B01:00', ['lamp.jpg', 'sandal.png']],
  ['sort=name&order=asc', ['Café mug.jpg', 'boot.png', 'lamp.jpg', 'sandal.png']],
  ['sort=bytes&order=desc', ['Café mug.jpg', 'boot.png', 'sandal.png', 'lamp.jpg']],
  ['sort=score&order=desc&q=m', ['Café mug.jpg']],
  ['sort=sku&order=asc', ['lamp.jpg', 'boot.png', 'sandal.png', 'Café mug.jpg']],
])('the list of %j', async (query, expected) => {
  expect(await names(query)).toEqual(expected);
});

test('pages by cursor show everything once, in both orders', async () => {
  for (const order of ['asc', 'desc']) {
    for (const sort of ['uploaded_at', 'name', 'bytes', 'score', 'sku']) {
      const all = await names(`sort=${sort}&order=${order}`);
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const from: string = cursor === '' ? '' : `&cursor=${cursor}`;
        const page: Page = await anna.json<Page>('GET', `/images?limit=1&sort=${sort}&order=${order}${from}`);
        seen.push(...page.items.map(({ name }) => name));
        cursor = page.nextCursor;
      }
      expect(seen).toEqual(all);
    }
  }
});

test('ids finds only those, and not what the other filters leave out', async () => {
  const idOf = async (name: string) => (await anna.json<Page>('GET', `/images?q=${name}`)).items[0]?.id ?? '';
  const [boot, mug] = [await idOf('boot'), await idOf('mug')];
  const old = (await anna.json<Page>('GET', '/images?state=trashed')).items[0]?.id ?? '';
  const others = (await ben.json<Page>('GET', '/images')).items[0]?.id ?? '';
  const all = `ids=${[boot, mug, old, others, boot, album].join(',%20')}`;
  expect(await names(all)).toEqual(['boot.png', 'Café mug.jpg']);
  expect(await names(`${all}&sort=name&order=asc&limit=1`)).toEqual(['Café mug.jpg']);
  expect(await names(`${all}&state=trashed`)).toEqual(['old.jpg']);
  expect(await names(`${all}&tag=red`)).toEqual(['Café mug.jpg']);
  expect(await names(`${all}&q=%21%21`)).toEqual([]);
  expect(await names(`ids=${others}`)).toEqual([]);
  expect((await anna.json<Page>('GET', `/images?${all}&count=true`)).total).toBe(2);
});

test('count=true tells the total, whatever the page', async () => {
  const page = await anna.json<Page>('GET', '/images?limit=1&count=true&object=shoe');
  expect(page.total).toBe(2);
  expect(page.items).toHaveLength(1);
  expect(await anna.json<Page>('GET', '/images?limit=1')).not.toHaveProperty('total');
});

test.each([
  'unknown=1',
  'limit=0',
  'limit=201',
  'sort=owner',
  'state=gone',
  'cursor=abc',
  'album=../x',
  'from=yesterday',
  'tag=a&tag=b',
  'q[$ne]=1',
  'sku[$gt]=',
  `q=${'x'.repeat(201)}`,
  'ids=',
  'ids=../x',
  `ids=${Array.from({ length: 201 }, () => album).join(',')}`,
])('D6 D12 the list refuses %j', async (query) => {
  const answer = await anna.call(`/images?${query}`);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: 'invalid_request' });
});

test('a cursor of another order is refused', async () => {
  const page = await anna.json<Page>('GET', '/images?limit=1&sort=name');
  const answer = await anna.call(`/images?limit=1&sort=bytes&cursor=${page.nextCursor ?? ''}`);
  expect(answer.status).toBe(400);
});

test('D7 nobody finds the images of another', async () => {
  const page = await ben.json<Page>('GET', '/images?count=true');
  expect(page.items.map(({ name }) => name)).toEqual(['ben mug.jpg']);
  expect(page.total).toBe(1);
});

test('a question has at most twelve words', async () => {
  const words = (count: number) => Array.from({ length: count }, (_, at) => `word${at}`).join('+');
  expect(await names(`q=${words(12)}`)).toEqual([]);
  expect(await anna.json('GET', `/images?q=${words(13)}`, undefined, 400)).toMatchObject({
    code: 'invalid_request',
    detail: 'In the query: q: Expected at most 12 words',
  });
});
