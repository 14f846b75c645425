import { describe, expect, test } from 'vitest';
import type { ImportBody } from '../../../../backend-node/src/contract/compat.ts';
import type { ImportWish } from '../../../../backend-node/src/contract/imports.ts';
import { enhanced, isPlain, overridesOf } from '../../../../backend-node/src/features/compat/doing.ts';
import { batchWish, importWish } from '../../../../backend-node/src/features/compat/earlier.ts';

const SHARPEN = { steps: [{ operation: 'unsharp-mask', params: {} }], output: { format: 'jpeg', min_bytes: 10_000 } };
const CUT = { operation: 'remove-background' };
const plain = { remove_background: false, target_size_kb: undefined };

describe('a mode as a recipe', () => {
  test('cut out first, on white at the end', () => {
    const { steps } = enhanced(SHARPEN, { ...plain, remove_background: true });
    expect(steps).toEqual([CUT, ...SHARPEN.steps, { operation: 'background' }]);
  });

  test('what the mode does itself is not done twice', () => {
    const own = { steps: [CUT, { operation: 'background', params: { kind: 'transparent' } }] };
    expect(enhanced(own, { ...plain, remove_background: true }).steps).toEqual(own.steps);
  });

  test('a size sets the most bytes, and the least no longer holds', () => {
    expect(enhanced(SHARPEN, { ...plain, target_size_kb: 90 })).toEqual({
      ...SHARPEN,
      output: { format: 'jpeg', max_bytes: 90_000, min_bytes: null },
    });
  });

  test('plain is what wishes nothing more', () => {
    expect(isPlain(plain)).toBe(true);
    expect(isPlain({ ...plain, remove_background: true })).toBe(false);
    expect(isPlain({ ...plain, target_size_kb: 5 })).toBe(false);
  });
});

describe('a batch', () => {
  test('of a SKU, with what is laid over each recipe', () => {
    const wish = batchWish({ mode: 'full', sku_id: 'MUG-01', remove_background: true, target_size_kb: 90 });
    expect(wish).toMatchObject({
      preset: 'full',
      filter: { sku: 'MUG-01', state: 'active' },
      overrides: { 'remove-background': {}, background: {}, output: { max_bytes: 90_000, min_bytes: null } },
    });
  });

  test('of images, as the mode says', () => {
    const wish = batchWish({ mode: 'auto', image_ids: ['A'], remove_background: false });
    expect(wish).toMatchObject({ preset: 'auto', ids: ['A'] });
    expect(overridesOf(plain)).toEqual({});
  });
});

test.for<[ImportBody, ImportWish['rows']]>([
  [{ image_url: 'a', sku_id: 'S' }, [{ image_url: 'a', sku_id: 'S' }]],
  [
    { items: [{ image_url: 'a', sku_id: 'T' }, { image_url: 'b' }], sku_id: 'S' },
    [
      { image_url: 'a', sku_id: 'T' },
      { image_url: 'b', sku_id: 'S' },
    ],
  ],
  [{ items: [{ image_url: 'a' }, { image_url: 'b' }] }, [{ image_url: 'a' }, { image_url: 'b' }]],
  [
    { image_urls: ['a', 'b'], sku_id: 'S' },
    [
      { image_url: 'a', sku_id: 'S' },
      { image_url: 'b', sku_id: 'S' },
    ],
  ],
])('%j is imported as rows', ([body, rows]) => {
  expect(importWish(body)).toEqual({ rows });
});
