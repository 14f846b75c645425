import { describe, expect, it } from 'vitest';
import { boundsOf, fitted } from '../../../frontend/src/params/control-of.ts';
import { positionOf, POSITIONS, scaleOf, valueAt } from '../../../frontend/src/params/scale.ts';

describe('the step of a number', () => {
  it.each([
    [{ type: 'number', minimum: 0, maximum: 1 }, 0.01],
    [{ type: 'number', minimum: 0, maximum: 3 }, 0.01],
    [{ type: 'number', minimum: 0, maximum: 50 }, 0.1],
    [{ type: 'number', minimum: 0, maximum: 200 }, 1],
    [{ type: 'number', minimum: -3000, maximum: 3000 }, 10],
    [{ type: 'integer', minimum: 1, maximum: 32 }, 1],
    [{ type: 'number', minimum: -180, maximum: 180, control: 'angle' }, 0.1],
  ])('is one that people can feel: %j', (schema, step) => {
    expect(boundsOf(schema).step).toBeCloseTo(step, 10);
  });

  it('keeps off a bound that is not a value itself', () => {
    expect(boundsOf({ type: 'number', exclusiveMinimum: 0, maximum: 45 }).min).toBeGreaterThan(0);
  });

  it('leaves no dust behind', () => {
    expect(fitted(0.1 + 0.2, { min: 0, max: 1, step: 0.01 })).toBe(0.3);
    expect(fitted(7, { min: 0, max: 1, step: 0.01 })).toBe(1);
  });
});

describe('a slider', () => {
  const plain = scaleOf({ type: 'number', minimum: -1, maximum: 1 }, 0);
  const wide = scaleOf({ type: 'number', minimum: 0, maximum: 200 }, 2);

  it.each([
    ['plain', plain],
    ['bent', wide],
  ])('reaches both ends and gives back the value it shows: %s', (_, scale) => {
    const { min, max } = scale.bounds;
    expect(valueAt(0, scale)).toBe(min);
    expect(valueAt(POSITIONS, scale)).toBe(max);
    for (const value of [min, (min + max) / 2, max]) {
      expect(Math.abs(valueAt(positionOf(value, scale), scale) - value)).toBeLessThanOrEqual(scale.bounds.step);
    }
  });

  it('gives small sizes more room where sizes begin small', () => {
    expect(wide.bent).toBe(true);
    expect(positionOf(20, wide)).toBeGreaterThan(POSITIONS / 3);
    expect(positionOf(0, plain)).toBe(POSITIONS / 2);
  });

  it('never goes back while it is pushed on', () => {
    const values = Array.from({ length: POSITIONS + 1 }, (_, at) => valueAt(at, wide));
    expect(values).toEqual(values.toSorted((one, other) => one - other));
  });
});
