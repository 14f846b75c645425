import { expect, test } from 'vitest';
import { modelOf, rembgRecipe, rembgWish } from '../../../../backend-node/src/features/compat/rembg-wish.ts';

const wish = (fields: Record<string, string>) => rembgWish(new Map(Object.entries(fields)));
const OWN = ['u2net', 'isnet', 'my-shoes'];
const found = (params: Record<string, unknown> = {}) => ({
  operation: 'remove-background',
  params: { model: 'auto', refine: 'guided', ...params },
});

test.for([
  [{}, [found()]],
  [{ a: 'true', af: '240', ab: '10', ae: '10' }, [found({ refine: 'matting' })]],
  [{ vm: '1' }, [found({ refine: 'matting' })]],
  [{ a: 'false', dc: 'true' }, [found()]],
  [{ ppm: 'on' }, [found({ feather_px: 1.5 })]],
  [{ bgc: '255,0,0,255' }, [found(), { operation: 'background', params: { kind: 'color', color: '#ff0000' } }]],
  [{ bgc: '0, 0, 0, 128' }, [found(), { operation: 'background', params: { kind: 'color', color: '#7f7f7f' } }]],
  [{ bgc: '1,2,3' }, [found(), { operation: 'background', params: { kind: 'color', color: '#010203' } }]],
  [{ bgc: '0,0,0,0' }, [found()]],
  [{ bgc: '255,0,0,255', om: 'true' }, [found()]],
] as const)('%j', ([fields, steps]) => {
  expect(rembgRecipe(wish(fields), 'auto')).toEqual({ steps, output: { format: 'png' } });
});

test.for([
  [undefined, 'auto'],
  ['u2net', 'u2net'],
  ['u2netp', 'u2netp'],
  ['silueta', 'u2net'],
  ['isnet-general-use', 'isnet'],
  ['bria-rmbg', 'auto'],
  ['birefnet-general', 'auto'],
  ['my-shoes', 'my-shoes'],
] as const)('model %s is our %s', ([model, ours]) => {
  expect(modelOf(wish(model === undefined ? {} : { model }), OWN)).toBe(ours);
});

test.for(['u2net_cloth_seg', 'sam', 'u2net_custom', '../../etc/passwd', 'toString', 'U2NET', 'u2net\0'])(
  'model %j is none',
  (model) => {
    expect(() => modelOf(wish({ model }), OWN)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  },
);

test.for([
  { a: 'maybe' },
  { om: '2' },
  { af: '256' },
  { ab: '-1' },
  { ae: 'ten' },
  { bgc: 'red' },
  { bgc: '1,2' },
  { bgc: '1,2,3,4,5' },
  { bgc: '256,0,0,0' },
  { extras: '{"model_path": "/etc/passwd"}' },
  { extras: 'nonsense' },
])('%j is refused', (fields) => {
  expect(() => wish(fields)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
});

test('extras that say nothing do no harm', () => {
  expect(wish({ extras: '{}' })).toEqual(wish({}));
});
