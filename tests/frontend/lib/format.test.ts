import { expect, test } from 'vitest';
import { formatBytes } from '../../../frontend/src/lib/format.ts';

test.each([
  [0, '0 B'],
  [280, '280 B'],
  [1200, '1.2 kB'],
  [25_300_000, '25 MB'],
  [2.5e15, '2,500 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
