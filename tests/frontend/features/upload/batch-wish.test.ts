// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { batchWishOf, zipFormOf } from '../../../../frontend/src/features/upload/batch-wish.ts';

const THEN = { wish: { preset: 'auto' }, title: 'Automatic', by_product_group: true };
const at = (image: string, path: string) => ({ image, path });

describe('batchWishOf', () => {
  it('names pictures below the one folder that was chosen, as a spreadsheet does', () => {
    const wish = batchWishOf([at('1', 'Autumn/mug.jpg'), at('2', 'Autumn/shoes/boot.jpg')], THEN, 'eA==');
    expect(wish).toEqual({
      preset: 'auto',
      by_product_group: true,
      name: 'Autumn',
      table: 'eA==',
      items: [
        { image: '1', name: 'mug.jpg' },
        { image: '2', name: 'shoes/boot.jpg' },
      ],
    });
  });

  it('keeps whole paths where they lie in several folders, or in none', () => {
    const wish = batchWishOf([at('1', 'a/mug.jpg'), at('2', 'b/mug.jpg'), at('3', 'mug.jpg')], THEN);
    expect(wish.items?.map(({ name }) => name)).toEqual(['a/mug.jpg', 'b/mug.jpg', 'mug.jpg']);
    expect(wish).not.toHaveProperty('name');
    expect(wish).not.toHaveProperty('table');
  });

  it('does two files of one picture once, unless a spreadsheet may tell them apart', () => {
    const same = [at('1', 'a.jpg'), at('1', 'copy.jpg')];
    expect(batchWishOf(same, THEN).items).toHaveLength(1);
    expect(batchWishOf(same, THEN, 'eA==').items).toHaveLength(2);
  });

  it('sends only names that the gateway takes', () => {
    const [item] = batchWishOf([at('1', `a/b/${'x'.repeat(1200)}\u0007.jpg`)], THEN).items ?? [];
    expect(item?.name).toHaveLength(1000);
    expect(item?.name).toMatch(/ \.jpg$/);
  });
});

describe('zipFormOf', () => {
  const zip = new File(['PK'], 'Autumn.ZIP');
  const csv = new File(['filename'], 'values.csv');

  it('has the fields first, then the spreadsheet, then the zip', () => {
    const form = zipFormOf(zip, csv, THEN, { tags: ['shoe', 'red'], album: '01' });
    expect([...form.keys()]).toEqual(['preset', 'name', 'by_product_group', 'tags', 'album', 'csv', 'zip']);
    expect(form.get('name')).toBe('Autumn');
    expect(form.get('by_product_group')).toBe('true');
    expect(form.get('tags')).toBe('shoe,red');
  });

  it('leaves out what is not wished, and writes a recipe as JSON', () => {
    const recipe = { steps: [{ operation: 'adjust' }] };
    const form = zipFormOf(
      zip,
      undefined,
      { ...THEN, wish: { recipe }, by_product_group: false },
      { tags: [], album: '' },
    );
    expect([...form.keys()]).toEqual(['recipe', 'name', 'by_product_group', 'zip']);
    expect(form.get('recipe')).toBe(JSON.stringify(recipe));
  });
});
