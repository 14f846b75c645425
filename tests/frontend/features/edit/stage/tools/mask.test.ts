import { describe, expect, test } from 'vitest';
import {
  emptyMask,
  paintedSize,
  paintLine,
  sameShape,
  tinted,
  wholeOf,
  type Brush,
} from '../../../../../../frontend/src/features/edit/stage/tools/mask.ts';
import { Painting } from '../../../../../../frontend/src/features/edit/stage/tools/painting.ts';

const hard: Brush = { radius_px: 5, softness: 0, erase: false };
const soft: Brush = { radius_px: 10, softness: 1, erase: false };
const size = { width: 60, height: 40 };
const at = (data: Uint8Array, x: number, y: number) => data[y * size.width + x];

describe('a brush', () => {
  test('covers what it goes over, and nothing else', () => {
    const mask = emptyMask(size);
    paintLine(mask, { x: 10, y: 20 }, { x: 50, y: 20 }, hard);
    expect(at(mask.data, 30, 20)).toBe(255);
    expect(at(mask.data, 30, 23)).toBe(255);
    expect(at(mask.data, 30, 27)).toBe(0);
    expect(at(mask.data, 2, 20)).toBe(0);
  });

  test('erases what was there', () => {
    const mask = emptyMask(size);
    mask.data.fill(255);
    paintLine(mask, { x: 30, y: 20 }, { x: 30, y: 20 }, { ...hard, erase: true });
    expect(at(mask.data, 30, 20)).toBe(0);
    expect(at(mask.data, 40, 20)).toBe(255);
  });

  test('stays soft however often it goes over the same place', () => {
    const mask = emptyMask(size);
    const paint = () => paintLine(mask, { x: 30, y: 20 }, { x: 30, y: 20 }, soft);
    paint();
    const once = mask.data.slice();
    for (let again = 0; again < 20; again += 1) paint();
    expect(mask.data).toEqual(once);
    expect(at(mask.data, 36, 20)).toBeGreaterThan(0);
    expect(at(mask.data, 36, 20)).toBeLessThan(255);
  });

  test('draws the same line from many points as from two', () => {
    const [one, many] = [emptyMask(size), emptyMask(size)];
    paintLine(one, { x: 10, y: 20 }, { x: 50, y: 20 }, soft);
    for (let x = 10; x < 50; x += 1) paintLine(many, { x, y: 20 }, { x: x + 1, y: 20 }, soft);
    const furthest = one.data.reduce(
      (most, value, index) => Math.max(most, Math.abs(value - (many.data[index] ?? 0))),
      0,
    );
    expect(furthest).toBeLessThanOrEqual(1);
  });

  test('tells what it changed, and is silent beside the mask', () => {
    const mask = emptyMask(size);
    const part = paintLine(mask, { x: 2, y: 2 }, { x: 2, y: 2 }, hard);
    expect(part).toEqual({ x: 0, y: 0, width: 7, height: 7 });
    expect(paintLine(mask, { x: -50, y: 2 }, { x: -40, y: 2 }, hard)).toBeUndefined();
  });
});

describe('painting', () => {
  const stroke = (painting: Painting, x: number) => {
    painting.begin();
    painting.line({ x, y: 10 }, { x, y: 30 }, hard);
    painting.end();
  };

  test('takes strokes back one by one, and does them again', () => {
    const painting = new Painting(emptyMask(size));
    const states = [painting.mask.data.slice()];
    for (const x of [10, 20, 15]) {
      stroke(painting, x);
      states.push(painting.mask.data.slice());
    }
    for (const state of states.slice(0, 3).reverse()) {
      painting.undo();
      expect(painting.mask.data).toEqual(state);
    }
    expect(painting.get()).toEqual({ undoable: 0, redoable: 3, changed: false });
    for (const state of states.slice(1)) {
      painting.redo();
      expect(painting.mask.data).toEqual(state);
    }
  });

  test('has nothing to do again after a new stroke', () => {
    const painting = new Painting(emptyMask(size));
    stroke(painting, 10);
    painting.undo();
    stroke(painting, 20);
    expect(painting.get()).toEqual({ undoable: 1, redoable: 0, changed: true });
  });

  test('forgets a stroke that was given up', () => {
    const painting = new Painting(emptyMask(size));
    painting.begin();
    painting.line({ x: 10, y: 10 }, { x: 30, y: 30 }, hard);
    expect(painting.giveUp()).toBeDefined();
    expect(painting.mask.data.every((value) => value === 0)).toBe(true);
    expect(painting.get().changed).toBe(false);
  });

  test('takes back what was done to the whole mask', () => {
    const painting = new Painting(emptyMask(size));
    const redrawn: unknown[] = [];
    painting.followParts((part) => redrawn.push(part));
    painting.replace((before) => before.map((value) => 255 - value));
    expect(painting.mask.data.every((value) => value === 255)).toBe(true);
    painting.undo();
    expect(painting.mask.data.every((value) => value === 0)).toBe(true);
    expect(redrawn).toEqual([wholeOf(size), wholeOf(size)]);
  });
});

describe('a tint', () => {
  const mask = { width: 2, height: 1, data: Uint8Array.of(255, 0) };
  const tint = { color: [1, 2, 3], opacity: 0.4, product: false } as const;

  test('lies over what is not product', () => {
    expect([...tinted(mask, wholeOf(mask), tint)]).toEqual([1, 2, 3, 0, 1, 2, 3, 102]);
  });

  test('can lie over the product', () => {
    expect([...tinted(mask, wholeOf(mask), { ...tint, product: true })]).toEqual([1, 2, 3, 102, 1, 2, 3, 0]);
  });
});

test('a mask is painted in the shape of its picture, never larger than needed', () => {
  expect(paintedSize({ width: 6000, height: 4000 }, 2048)).toEqual({ width: 2048, height: 1365 });
  expect(paintedSize({ width: 600, height: 400 }, 2048)).toEqual({ width: 600, height: 400 });
});

test('a mask of another shape is told from one that was only rounded', () => {
  expect(sameShape({ width: 2048, height: 1365 }, { width: 6000, height: 4000 })).toBe(true);
  expect(sameShape({ width: 1000, height: 1000 }, { width: 6000, height: 4000 })).toBe(false);
});
