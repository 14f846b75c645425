import { describe, expect, test } from 'vitest';
import {
  parted,
  shrinkOf,
  turnAround,
  wrapped,
} from '../../../../../../frontend/src/features/edit/stage/tools/angle.ts';
import {
  boxIn,
  fromPixels,
  paramsOf,
  pixelsOf,
  ratioOf,
  WHOLE,
  withRatio,
} from '../../../../../../frontend/src/features/edit/stage/tools/box.ts';
import {
  cornersIn,
  cornersValue,
  WHOLE_CORNERS,
  withCorner,
} from '../../../../../../frontend/src/features/edit/stage/tools/corners.ts';

const saved = { width: 4000, height: 3000 };

describe('a box', () => {
  test('in pixels is the same box in percent', () => {
    const box = boxIn({ unit: 'px', x: 400, y: 300, width: 2000, height: 1500 }, saved);
    expect(box).toEqual({ x: 10, y: 10, width: 50, height: 50 });
    expect(pixelsOf(box, saved)).toEqual({ x: 400, y: 300, width: 2000, height: 1500 });
    expect(fromPixels(pixelsOf(box, saved), saved)).toEqual(box);
  });

  test('is the whole picture where nothing is said', () => {
    expect(boxIn({}, saved)).toEqual(WHOLE);
    expect(boxIn({ unit: 'px' }, saved)).toEqual(WHOLE);
  });

  test('is always written in percent and within the picture', () => {
    expect(paramsOf({ x: 60, y: -5, width: 80, height: 200 })).toEqual({
      unit: 'percent',
      x: 60,
      y: 0,
      width: 40,
      height: 100,
    });
  });

  test.each([1, 4 / 3, 3 / 4, 16 / 9, 9 / 16, 20, 0.05])('locked to %d has this shape and stays inside', (ratio) => {
    const box = withRatio({ x: 70, y: 5, width: 30, height: 90 }, ratio, saved);
    expect((box.width * saved.width) / (box.height * saved.height)).toBeCloseTo(ratio, 6);
    expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
    expect(Math.max(box.x + box.width, box.y + box.height)).toBeLessThanOrEqual(100.000001);
  });

  test('takes ratios as people write them', () => {
    expect(ratioOf('4:3')).toBeCloseTo(4 / 3);
    expect(ratioOf('1.5')).toBe(1.5);
    expect(ratioOf('0:3')).toBeUndefined();
    expect(ratioOf('wide')).toBeUndefined();
  });
});

describe('an angle', () => {
  test('is how far the pointer went around the middle, clockwise', () => {
    const centre = { x: 100, y: 100 };
    expect(turnAround(centre, { x: 200, y: 100 }, { x: 100, y: 200 })).toBeCloseTo(90);
    expect(turnAround(centre, { x: 0, y: 99 }, { x: 0, y: 101 })).toBeCloseTo(-1.1459, 3);
  });

  test('stays within half a turn each way', () => {
    expect([190, -190, 360, 540, 180].map(wrapped)).toEqual([-170, 170, 0, 180, 180]);
  });

  test('is quarter turns and a fine rest', () => {
    expect(parted(97.3)).toEqual({ quarters: 1, fine_deg: 7.3 });
    expect(parted(-92)).toEqual({ quarters: -1, fine_deg: -2 });
    expect(parted(0)).toEqual({ quarters: 0, fine_deg: 0 });
  });

  test.each([0, 3, 45, 90, 133])('of %d degrees leaves the turned picture in its frame', (angle_deg) => {
    const shrink = shrinkOf(angle_deg, saved);
    const turn = (angle_deg * Math.PI) / 180;
    const wide = Math.abs(saved.width * Math.cos(turn)) + Math.abs(saved.height * Math.sin(turn));
    expect(wide * shrink).toBeLessThanOrEqual(saved.width + 0.001);
    expect(shrink).toBeGreaterThan(0.5);
  });
});

describe('corners', () => {
  test('come back as they were written', () => {
    const moved = withCorner(WHOLE_CORNERS, 0, { x: 12.345, y: 7 });
    expect(cornersIn(cornersValue(moved))[0]).toEqual({ x: 12.35, y: 7 });
  });

  test('stay within the picture', () => {
    expect(withCorner(WHOLE_CORNERS, 2, { x: 140, y: 90 })[2]).toEqual({ x: 100, y: 90 });
  });

  test('do not fold over', () => {
    expect(withCorner(WHOLE_CORNERS, 0, { x: 90, y: 90 })).toBe(WHOLE_CORNERS);
  });

  test('that cannot be read are those of the whole picture', () => {
    expect(cornersIn([[1, 2], 'x'])).toBe(WHOLE_CORNERS);
    expect(cornersIn(undefined)).toBe(WHOLE_CORNERS);
  });
});
