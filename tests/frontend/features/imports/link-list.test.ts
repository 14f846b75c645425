import { describe, expect, it } from 'vitest';
import { readList } from '../../../../frontend/src/features/imports/link-list.ts';
import { importWishOf, NOTHING } from '../../../../frontend/src/features/imports/wish.ts';

const csv = (text: string) => readList(new File([text], 'list.csv'));
const json = (value: unknown) =>
  readList(new File([typeof value === 'string' ? value : JSON.stringify(value)], 'list.json'));

describe('a spreadsheet', () => {
  it('is counted, and its bad rows are told by their numbers', async () => {
    const list = await csv('SKU;Image_URL\n1;https://a.example/1.jpg\n\n2;mug.jpg\n3;');
    expect(list).toMatchObject({ kind: 'table', count: 3, bad: 2, problem: undefined, rows: [] });
    expect(list.complaints).toEqual([
      'row 4: “mug.jpg” is no address that begins with https:// or http://',
      'row 5: there is no image_url',
    ]);
  });

  it('tells five bad rows, and how many there are', async () => {
    const list = await csv(`url\n${'nothing\n'.repeat(20)}`);
    expect(list.bad).toBe(20);
    expect(list.complaints).toHaveLength(5);
  });

  it('cannot be used without a column of addresses, without rows, or where it is no text', async () => {
    expect((await csv('sku,name\n1,2')).problem).toBe('noColumn');
    expect((await csv('image_url\n')).problem).toBe('empty');
    expect((await csv('PK\u0003\0\0')).problem).toBe('noText');
    expect((await csv(`url\n${'https://a.example/1.jpg\n'.repeat(100_001)}`)).problem).toBe('tooMany');
  });
});

describe('JSON', () => {
  it('holds addresses, or objects in the words of the spreadsheet', async () => {
    const item = {
      image_url: ' https://a.example/2.jpg',
      sku_id: 17,
      Product_Group_ID: 'mugs',
      image_type: '',
      more: {},
    };
    const list = await json(['https://a.example/1.jpg', item, { url: 'https://a.example/3.jpg', sku: 'A' }]);
    expect(list).toMatchObject({ kind: 'rows', count: 3, bad: 0, problem: undefined });
    expect(list.rows).toEqual([
      { image_url: 'https://a.example/1.jpg' },
      { image_url: 'https://a.example/2.jpg', sku_id: '17', product_group_id: 'mugs' },
      { image_url: 'https://a.example/3.jpg', sku_id: 'A' },
    ]);
  });

  it('tells what is wrong by the number of the item, and sends those too: each fails by itself', async () => {
    const list = await json([{ sku_id: 'A' }, 5, null, 'mug.jpg', ['x']]);
    expect(list.complaints).toEqual([
      'item 1: there is no image_url',
      'item 2: neither an address nor an object with an image_url',
      'item 3: neither an address nor an object with an image_url',
      'item 4: “mug.jpg” is no address that begins with https:// or http://',
      'item 5: neither an address nor an object with an image_url',
    ]);
    expect(list.rows).toHaveLength(5);
    expect(list.rows[1]).toEqual({ image_url: '' });
  });

  it('cannot be used where it is broken, or no list', async () => {
    expect((await json('[{')).problem).toBe('json');
    expect((await json({ items: [] })).problem).toBe('noList');
    expect((await json([])).problem).toBe('empty');
  });
});

describe('importWishOf', () => {
  const chosen = { ...NOTHING, tags: ['shop'], then: { preset: 'auto' }, by_product_group: true };

  it('sends addresses, with what is to be done', async () => {
    expect(await importWishOf(['https://a.example/1.jpg'], undefined, chosen, '01')).toEqual({
      urls: ['https://a.example/1.jpg'],
      tags: ['shop'],
      album: '01',
      process: { preset: 'auto', by_product_group: true },
    });
  });

  it('sends no more than was wished, and JSON as rows', async () => {
    const list = await json(['https://a.example/1.jpg']);
    expect(await importWishOf([], list, NOTHING, undefined)).toEqual({
      name: 'list.json',
      rows: [{ image_url: 'https://a.example/1.jpg' }],
    });
  });
});
