import { expect, test } from 'vitest';
import { toldSteps } from '../../../../frontend/src/features/image/step-words.ts';
import type { Operation } from '../../../../frontend/src/lib/data/catalogue.ts';

const frame: Operation = {
  name: 'frame',
  title: 'Frame the product',
  version: 1,
  group: 'geometry',
  summary: '',
  description: '',
  generative: false,
  moves: false,
  params: {
    properties: {
      aspect: { type: 'string', default: '1:1' },
      size_px: { type: 'integer', default: 0, unit: 'px' },
      shadow: { type: 'boolean', default: true },
      blob: { type: 'string', default: null },
    },
  },
};

test('a step says what was set otherwise than by default', () => {
  const params = { aspect: '1:1', size_px: 1200, shadow: true };
  expect(toldSteps([{ operation: 'frame', params }], [frame])).toEqual([
    { title: 'Frame the product', settings: 'Size 1,200 px', enabled: true },
  ]);
});

test('a switch that was switched off is said so', () => {
  expect(toldSteps([{ operation: 'frame', params: { shadow: false } }], [frame])[0]?.settings).toBe('no shadow');
});

test('addresses of files say nothing', () => {
  expect(toldSteps([{ operation: 'frame', params: { blob: 'f'.repeat(64) } }], [frame])[0]?.settings).toBe('');
});

test('an operation that is not known any more is told by its name', () => {
  expect(toldSteps([{ operation: 'old-trick', enabled: false }], [])).toEqual([
    { title: 'Old trick', settings: '', enabled: false },
  ]);
});
