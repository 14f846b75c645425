import { describe, expect, it } from 'vitest';
import { rateOf, withSample, type Sample } from '../../../../frontend/src/features/upload/rate.ts';

const at = (seconds: number, bytes: number): Sample => ({ at_ms: seconds * 1000, bytes });

describe('rateOf', () => {
  it('is bytes a second', () => {
    expect(rateOf([at(1, 100), at(2, 300), at(3, 900)])).toBe(400);
  });

  it('is 0 while nothing can be said', () => {
    expect(rateOf([])).toBe(0);
    expect(rateOf([at(1, 100)])).toBe(0);
  });
});

describe('withSample', () => {
  it('forgets what is long ago', () => {
    const samples = [at(0, 0), at(10, 10)];
    expect(withSample(samples, at(13, 40))).toEqual([at(10, 10), at(13, 40)]);
  });

  it('begins anew where a file is sent once more', () => {
    expect(withSample([at(0, 0), at(1, 500)], at(2, 100))).toEqual([at(2, 100)]);
  });
});
