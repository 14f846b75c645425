import { expect, test } from 'vitest';
import { asProblem } from '../../../backend-node/src/store/mongo-errors.ts';

test.each(['EPIPE', 'ECONNRESET'])('E8 a connection that ends while it is written to (%s) is unavailable', (code) => {
  const error = Object.assign(new Error('This socket has been ended by the other party'), { code });
  expect(asProblem(error)).toMatchObject({ code: 'store_unavailable', status: 503, extras: { retry_after_s: 5 } });
});

test('a bug stays one', () => {
  const error = new TypeError('x is not a function');
  expect(asProblem(error)).toBe(error);
});
