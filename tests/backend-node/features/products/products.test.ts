import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Product, ProductGroup } from '../../../../backend-node/src/contract/products.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';
import { remembered } from '../images/things.ts';

let studio: Studio;
let anna: Client;
let ben: Client;
let people = 0;

beforeAll(async () => {
  studio = await startStudio();
  await studio.signUp('admin');
  ben = await studio.signUp('ben');
});
beforeEach(async () => {
  anna = await studio.signUp(`anna${String((people += 1))}`);
});
afterAll(() => studio.stop());

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

const put = (sku: string, product_group = '', about: Parameters<typeof remembered>[2] = {}) =>
  remembered(studio, anna.id, { sku, product_group, ...about });
const products = async (query = '') => (await anna.json<Page<Product>>('GET', `/products${query}`)).items;
const groups = async (query = '') => (await anna.json<Page<ProductGroup>>('GET', `/product-groups${query}`)).items;

async function paged<T>(path: string): Promise<T[][]> {
  const pages: T[][] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Page<T> = await anna.json('GET', `${path}${cursor === '' ? '' : `&cursor=${cursor}`}`);
    pages.push(page.items);
    cursor = page.nextCursor;
  }
  return pages;
}

describe('products', () => {
  test('are the pictures by SKU: how many, and the newest four', async () => {
    const ids: string[] = [];
    for (let at = 0; at < 6; at += 1)
      ids.push(
        (await put('MUG', at === 5 ? 'new' : 'old', { uploaded_at: `2026-01-0${String(at + 1)}T00:00:00.000Z` })).id,
      );
    await put('MUG', 'gone', { state: 'trashed' });
    await put('', 'nothing');
    await remembered(studio, ben.id, { sku: 'MUG' });
    await put('CUP');
    expect(await products()).toMatchObject([
      { sku: 'CUP', images: 1, product_group: '' },
      { sku: 'MUG', images: 6, product_group: 'new', covers: ids.toReversed().slice(0, 4) },
    ]);
  });

  test('page by page: each once, in their order, whatever signs they are made of', async () => {
    const skus = ['-1', '0', 'A', 'A B', 'A-1', 'AA', 'a', 'Ä', '日本'];
    for (const sku of skus) for (let times = 0; times < 2; times += 1) await put(sku);
    const pages = await paged<Product>('/products?limit=2');
    expect(pages.flat().map(({ sku }) => sku)).toEqual(skus.toSorted((a, b) => (a < b ? -1 : 1)));
    for (const page of pages) expect(page.length).toBeLessThanOrEqual(2);
  });

  test('by the beginning of the SKU, on every page', async () => {
    for (const sku of ['SHOE-1', 'SHOE-2', 'SHOE-3', 'SHO', 'SHOF', 'shoe-1']) await put(sku);
    expect((await products('?q=SHOE')).map(({ sku }) => sku)).toEqual(['SHOE-1', 'SHOE-2', 'SHOE-3']);
    const pages = await paged<Product>('/products?q=SHOE&limit=1');
    expect(pages.flat().map(({ sku }) => sku)).toEqual(['SHOE-1', 'SHOE-2', 'SHOE-3']);
    expect(await products('?q=NONE')).toEqual([]);
  });

  test('of one product group', async () => {
    await put('A', 'mugs');
    await put('B', 'cups');
    await put('C', 'mugs');
    expect((await products('?product_group=mugs')).map(({ sku }) => sku)).toEqual(['A', 'C']);
    expect((await products('?product_group=mugs&q=C')).map(({ sku }) => sku)).toEqual(['C']);
    expect(await products('?product_group=none')).toEqual([]);
  });

  test('a cursor of another list is refused', async () => {
    await put('A', 'a');
    await put('B', 'b');
    const { nextCursor } = await anna.json<Page<Product>>('GET', '/products?limit=1');
    await anna.json('GET', `/product-groups?cursor=${nextCursor ?? ''}`, undefined, 400);
  });
});

describe('product groups', () => {
  test('are the groups that pictures have, with what they are done with', async () => {
    await put('A', 'mugs');
    await put('B', 'mugs');
    await put('', 'cups');
    await remembered(studio, ben.id, { product_group: 'theirs' });
    expect(await anna.json('PUT', '/product-groups/mugs', { preset: 'sharpen' })).toMatchObject({
      name: 'mugs',
      images: 2,
      preset: 'sharpen',
      saved_recipe: '',
    });
    expect(await groups()).toMatchObject([
      { name: 'cups', images: 1, preset: '', saved_recipe: '' },
      { name: 'mugs', images: 2, preset: 'sharpen' },
    ]);
    expect((await paged<ProductGroup>('/product-groups?limit=1')).flat().map(({ name }) => name)).toEqual([
      'cups',
      'mugs',
    ]);
  });

  test('what they are done with can be said anew, and taken back', async () => {
    await put('A', 'mugs');
    const recipe = { steps: [{ operation: 'adjust', params: { brightness: 1.1 } }] };
    const saved = await anna.json<{ id: string }>('POST', '/recipes', { name: 'Mine', recipe }, 201);
    await anna.json('PUT', '/product-groups/mugs', { preset: 'sharpen' });
    const named = await anna.json('PUT', '/product-groups/mugs', { saved_recipe: saved.id });
    expect(named).toMatchObject({ preset: '', saved_recipe: saved.id });
    expect(await anna.json('PUT', '/product-groups/mugs', {})).toMatchObject({ preset: '', saved_recipe: '' });
    expect(await studio.parts.store.count('product_groups', { where: { owner: anna.id } })).toBe(1);
  });

  test('a name is taken as it is written in the address', async () => {
    for (const name of ['a/b', 'Größe 38', '__proto__', '50 %']) {
      await put('', name);
      const told = await anna.json('PUT', `/product-groups/${encodeURIComponent(name)}`, { preset: 'sharpen' });
      expect(told).toMatchObject({ name, images: 1, preset: 'sharpen' });
    }
    await anna.json('PUT', `/product-groups/${'x'.repeat(101)}`, {}, 404);
    await anna.json('PUT', '/product-groups/a%0Ab', {}, 404);
  });

  test('what is not there, or another’s, cannot be said', async () => {
    await put('A', 'mugs');
    const recipe = { steps: [{ operation: 'adjust', params: { brightness: 1.1 } }] };
    const theirs = await ben.json<{ id: string }>('POST', '/recipes', { name: 'Theirs', recipe }, 201);
    await anna.json('PUT', '/product-groups/mugs', { saved_recipe: theirs.id }, 404);
    await anna.json('PUT', '/product-groups/mugs', { preset: 'none-such' }, 404);
    await anna.json('PUT', '/product-groups/mugs', { preset: 'sharpen', saved_recipe: theirs.id }, 400);
    expect(await groups()).toMatchObject([{ name: 'mugs', preset: '', saved_recipe: '' }]);
  });

  test('D7 what one says of a group is nobody else’s', async () => {
    await put('A', 'mugs');
    await remembered(studio, ben.id, { product_group: 'mugs' });
    await ben.json('PUT', '/product-groups/mugs', { preset: 'sharpen' });
    expect(await groups()).toMatchObject([{ name: 'mugs', images: 1, preset: '' }]);
  });
});
