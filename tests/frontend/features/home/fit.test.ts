import { expect, it } from 'vitest';
import { fit } from '../../../../frontend/src/features/home/fit.ts';

const square = { width: 512, height: 512 };

it('lets the longer side touch the box, whatever the shape', () => {
  expect(fit({ width: 600, height: 400 }, square)).toMatchObject({ width: '100%', height: 'auto' });
  expect(fit({ width: 400, height: 600 }, square)).toMatchObject({ width: 'auto', height: '100%' });
  expect(fit({ width: 600, height: 500 }, { width: 960, height: 640 })).toMatchObject({ height: '100%' });
});

it('keeps the shape of the picture before it has come', () => {
  expect(fit({ width: 600, height: 400 }, square).aspectRatio).toBe('600 / 400');
});
