import { expect, test } from 'vitest';
import { NOTHING, wishOf } from '../../../../../frontend/src/features/batches/new/wish.ts';

test('by itself it asks for nothing but the pictures and the preset', () => {
  expect(wishOf({ ids: ['a', 'b'] }, { preset: 'catalog-white' }, NOTHING, '')).toEqual({
    preset: 'catalog-white',
    ids: ['a', 'b'],
    by_product_group: false,
    priority: 'normal',
    current: true,
  });
});

test('without a name it is called by what is done, and to how many', () => {
  const chosen = { ...NOTHING, title: 'Catalogue, white' };
  expect(wishOf({ ids: ['a', 'b'] }, { preset: 'catalog-white' }, chosen, '').name).toBe(
    'Catalogue, white: 2 pictures',
  );
});

test('all that a list finds is sent as what finds it, without its order', () => {
  const query = { tag: 'shoe', sort: 'name', order: 'asc' } as const;
  const chosen = { ...NOTHING, channels: ['ebay'], name: ' Shoes ', priority: 'high', byGroup: true } as const;
  expect(wishOf({ query, count: 5000 }, { saved_recipe: 'r' }, chosen, 'QUJD')).toEqual({
    saved_recipe: 'r',
    filter: { tag: 'shoe' },
    by_product_group: true,
    priority: 'high',
    current: true,
    channels: ['ebay'],
    name: 'Shoes',
    table: 'QUJD',
  });
});
