import { describe, expect, test } from 'vitest';
import { findingRecipe, removeBgRecipe } from '../../../../backend-node/src/features/compat/remove-bg-recipe.ts';
import { removeBgWish } from '../../../../backend-node/src/features/compat/remove-bg-wish.ts';

const SIZE = { width: 4000, height: 3000 };
const BOX = { left: 1000, top: 500, width: 1000, height: 2000 };
const CUT = { operation: 'remove-background' };

const wish = (fields: Record<string, string> = {}) =>
  removeBgWish(new Map(Object.entries({ size: 'full', ...fields })));
const made = (fields: Record<string, string> = {}, ground?: string) => removeBgRecipe(wish(fields), SIZE, BOX, ground);
const steps = (fields: Record<string, string> = {}) => made(fields).steps;

const crop = (x: number, y: number, width: number, height: number) => ({
  operation: 'crop',
  params: { unit: 'px', x, y, width, height },
});
const pad = (top: number, right: number, bottom: number, left: number) => ({
  operation: 'pad',
  params: { top, right, bottom, left },
});
const resize = (width: number, height: number) => ({
  operation: 'resize',
  params: { width, height, fit: 'fill', enlarge: true },
});

test('a plain wish only cuts out', () => {
  expect(made()).toEqual({ steps: [CUT], output: { format: 'png', quality: 95 } });
});

describe('size', () => {
  test.for([
    ['preview', 577, 433],
    ['small', 577, 433],
    ['regular', 577, 433],
    ['medium', 1414, 1060],
    ['HD', 2309, 1732],
  ] as const)('%s is at most %i × %i', ([size, width, height]) => {
    expect(steps({ size })).toEqual([CUT, resize(width, height)]);
  });

  test.for(['full', '4k', 'auto', '50MP'])('%s leaves it as it is', (size) => {
    expect(steps({ size })).toEqual([CUT]);
  });

  test('preview is the default', () => {
    expect(removeBgWish(new Map()).max_pixels).toBe(250_000);
  });

  test('a picture of one pixel’s width keeps that', () => {
    const thin = { width: 1, height: 20_000 };
    const recipe = removeBgRecipe(wish({ size: 'preview' }), thin, { ...thin, left: 0, top: 0 }, undefined);
    expect(recipe.steps).toEqual([CUT]);
    const long = { width: 1, height: 600_000 };
    const capped = removeBgRecipe(wish({ size: 'preview' }), long, { ...long, left: 0, top: 0 }, undefined);
    expect(capped.steps[1]).toMatchObject({ operation: 'resize', params: { width: 1 } });
  });
});

describe('roi', () => {
  test('the rest is cut away, and there again as nothing', () => {
    expect(steps({ roi: '10% 20% 60% 100%' })).toEqual([crop(400, 600, 2000, 2400), CUT, pad(600, 1600, 0, 400)]);
  });

  test('in pixels, as far as the picture goes', () => {
    expect(findingRecipe(wish({ roi: '100 0 9999 9999px' }), SIZE).steps).toEqual([
      crop(100, 0, 3900, 3000),
      CUT,
      pad(0, 0, 0, 100),
    ]);
  });

  test('the whole picture is no part of it', () => {
    expect(steps({ roi: '0% 0% 100% 100%' })).toEqual([CUT]);
  });

  test('a margin longer than a step may add takes two', () => {
    const long = { width: 20_000, height: 100 };
    expect(findingRecipe(wish({ roi: '0 0 2500 100' }), long).steps).toEqual([
      crop(0, 0, 2500, 100),
      CUT,
      pad(0, 10_000, 0, 0),
      pad(0, 7500, 0, 0),
    ]);
  });
});

describe('crop', () => {
  test('to the product', () => {
    expect(steps({ crop: 'true' })).toEqual([CUT, crop(1000, 500, 1000, 2000)]);
  });

  test.for([
    ['30px', crop(970, 470, 1060, 2060)],
    ['10%', crop(900, 300, 1200, 2400)],
    ['10px 20px', crop(980, 490, 1040, 2020)],
    ['1px 2px 3px 4px', crop(996, 499, 1006, 2004)],
  ] as const)('margin %s', ([crop_margin, step]) => {
    expect(steps({ crop: 'true', crop_margin })).toEqual([CUT, step]);
  });

  test('a margin beyond the picture is added', () => {
    expect(steps({ crop: 'true', crop_margin: '500px' })).toEqual([CUT, crop(500, 0, 2000, 3000)]);
    expect(steps({ crop: 'true', crop_margin: '40% 0%' })).toEqual([
      CUT,
      crop(1000, 0, 1000, 3000),
      pad(300, 0, 300, 0),
    ]);
  });

  test('margins end at half of the product, or 500 pixels', () => {
    expect(steps({ crop: 'true', crop_margin: '90% 9000px' })).toEqual([
      CUT,
      crop(500, 0, 2000, 3000),
      pad(500, 0, 500, 0),
    ]);
  });

  test('the size holds for what is left', () => {
    expect(steps({ crop: 'true', size: 'preview' }).at(-1)).toEqual(resize(353, 707));
  });
});

describe('scale and position', () => {
  test('scaled, the product goes to the middle', () => {
    // Twice as high as wide, on a canvas 3000 high: half of that.
    expect(steps({ scale: '50%' })).toEqual([
      CUT,
      crop(1000, 500, 1000, 2000),
      resize(750, 1500),
      pad(750, 1625, 750, 1625),
    ]);
  });

  test.for([
    ['0%', pad(0, 3000, 1000, 0)],
    ['100%', pad(1000, 0, 0, 3000)],
    ['100% 0%', pad(0, 0, 1000, 3000)],
    ['center', pad(500, 1500, 500, 1500)],
  ] as const)('at %s', ([position, step]) => {
    expect(steps({ position })).toEqual([CUT, crop(1000, 500, 1000, 2000), step]);
  });

  test('original leaves it where it was', () => {
    expect(steps({ position: 'original', scale: 'original' })).toEqual([CUT]);
    expect(steps({ position: 'original', scale: '100%' }).slice(2)).toEqual([resize(1500, 3000), pad(0, 1750, 0, 750)]);
  });

  test('cropped, nothing of it is left to do', () => {
    expect(steps({ crop: '1', scale: '50%', position: '0%' })).toEqual(steps({ crop: '1' }));
  });
});

describe('ground and output', () => {
  test.for([
    [{ bg_color: 'green' }, { kind: 'color', color: '#008000' }, 'jpeg'],
    [{ bg_color: '81D4FA', format: 'png' }, { kind: 'color', color: '#81d4fa' }, 'png'],
    [{ bg_color: '#abc', format: 'webp' }, { kind: 'color', color: '#aabbcc' }, 'webp'],
    [{ bg_color: '000000ff' }, { kind: 'color', color: '#000000' }, 'jpeg'],
    [{ bg_color: '00000080' }, { kind: 'color', color: '#7f7f7f' }, 'jpeg'],
  ] as const)('%j', ([fields, params, format]) => {
    expect(made(fields)).toMatchObject({ steps: [CUT, { operation: 'background', params }], output: { format } });
  });

  test('a picture lies behind', () => {
    expect(made({}, 'f'.repeat(64))).toMatchObject({
      steps: [CUT, { operation: 'background', params: { kind: 'image', blob: 'f'.repeat(64) } }],
      output: { format: 'jpeg' },
    });
  });

  test.for([{ bg_color: '00000000' }, { bg_color: 'red', channels: 'alpha' }, { bg_color: 'red', format: 'zip' }])(
    '%j has none',
    (fields) => {
      expect(steps(fields)).toEqual([CUT]);
    },
  );

  test.for([{ add_shadow: 'true' }, { shadow_type: 'drop' }])(
    '%j: a shadow as soft as the picture is large',
    (fields) => {
      const softness_px = 46;
      expect(steps({ ...fields, size: 'hd' }).at(-1)).toEqual({
        operation: 'shadow',
        params: { kind: 'contact', softness_px },
      });
      expect(steps({ shadow_type: 'none' })).toEqual([CUT]);
    },
  );
});

test.for([
  ['size', 'giant'],
  ['format', 'gif'],
  ['channels', 'rgb'],
  ['type', 'ghost'],
  ['type_level', '7'],
  ['crop', 'maybe'],
  ['add_shadow', 'maybe'],
  ['roi', '1 2 3'],
  ['roi', 'a b c d'],
  ['crop_margin', '1 2 3'],
  ['crop_margin', '-5px'],
  ['scale', '5%'],
  ['scale', '101%'],
  ['scale', 'big'],
  ['position', '101%'],
  ['position', '1% 2% 3%'],
  ['position', '50'],
  ['bg_color', 'rgb(1,2,3)'],
  ['bg_color', '12345'],
] as const)('%s=%s is refused by its name', ([name, value]) => {
  expect(() => removeBgWish(new Map([[name, value]]))).toThrow(
    expect.objectContaining({ code: 'invalid_request', extras: { details: { code: `invalid_${name}` } } }),
  );
});

test('the type is what the caller says, a product otherwise, and nothing where none is wanted', () => {
  expect(wish({ type: 'car' }).type).toBe('car');
  expect(wish().type).toBe('product');
  expect(wish({ type: 'person', type_level: 'none' }).type).toBeUndefined();
});
