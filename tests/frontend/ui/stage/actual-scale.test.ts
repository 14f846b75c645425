import { expect, test } from 'vitest';
import { actualScale, closeScale, outgrowsPreview } from '../../../../frontend/src/ui/stage/actual-scale.ts';

test('a picture fitted to half its width has its actual size at scale 2', () => {
  expect(actualScale({ width: 1000, height: 500 }, 500, 1)).toBe(2);
});

test('a screen with two pixels for one has it at half of that', () => {
  expect(actualScale({ width: 1000, height: 500 }, 500, 2)).toBe(1);
});

test('before the stage is measured there is no actual size', () => {
  expect(actualScale({ width: 1000, height: 500 }, 0, 1)).toBe(1);
});

test('a double click goes to the actual size, or closer where that is shown already', () => {
  expect(closeScale(3)).toBe(3);
  expect(closeScale(1)).toBe(2);
  expect(closeScale(0.5)).toBe(2);
});

test('only a picture that is larger than its preview asks for all its pixels, and only when looked at closely', () => {
  const large = { width: 6000, height: 4000 };
  expect(outgrowsPreview(large, 0.3)).toBe(false);
  expect(outgrowsPreview(large, 0.5)).toBe(true);
  expect(outgrowsPreview({ width: 2000, height: 1000 }, 4)).toBe(false);
});
