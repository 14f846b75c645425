import { expect, test } from 'vitest';
import { newId, timeOf } from '../../../../backend-node/src/ids.ts';
import { uploadTimeOf } from '../../../../frontend/src/lib/data/upload-time.ts';

test('tells the time that the gateway put into an id', () => {
  const id = newId();
  expect(new Date(uploadTimeOf(id)).toISOString()).toBe(timeOf(id));
});

test('tells no time of what is no id', () => {
  expect(uploadTimeOf('')).toBeNaN();
  expect(uploadTimeOf('hello there')).toBeNaN();
});
