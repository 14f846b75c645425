import { expect, test } from 'vitest';
import { exifText } from '../../../../frontend/src/features/image/exif-text.ts';

test.each([
  ['exposure_s', 0.004, '1/250 s'],
  ['exposure_s', 2, '2 s'],
  ['f_number', 2.8, 'f/2.8'],
  ['focal_length_mm', 50, '50 mm'],
  ['iso', 1600, '1,600'],
  ['make', '<b>Canon</b>', '<b>Canon</b>'],
  ['lens', undefined, ''],
])('%s of %s reads %s', (key, value, text) => {
  expect(exifText(key, value)).toBe(text);
});
