import { describe, expect, test } from 'vitest';
import {
  FITTED,
  fittedSize,
  inSight,
  movedBy,
  pinched,
  placed,
  trueZoom,
  zoomedAt,
} from '../../../../../frontend/src/features/edit/stage/view.ts';

const stage = { width: 840, height: 640 };
const picture = { width: 4000, height: 2000 };
/** Where a point of the stage lies on the picture, 0 to 1. Point from the middle of the stage. */
const shareAt = (view: typeof FITTED, x: number) => {
  const box = placed(view, stage, picture);
  return (x + stage.width / 2 - box.x) / box.width;
};

test('a fitted picture keeps its shape and lies in the middle', () => {
  const box = placed(FITTED, stage, picture);
  expect(box).toEqual({ x: 20, y: 120, width: 800, height: 400 });
});

test('a narrow stage never makes a picture of no size', () => {
  expect(fittedSize({ width: 10, height: 10 }, picture).width).toBeGreaterThan(0);
});

test('what is under the pointer stays there while zooming', () => {
  const before = shareAt(FITTED, 100);
  const view = zoomedAt(zoomedAt(FITTED, 3, { x: 100, y: 50 }), 0.7, { x: 100, y: 50 });
  expect(shareAt(view, 100)).toBeCloseTo(before, 10);
});

test('true size is one pixel of the picture on one of the screen', () => {
  expect(placed({ ...FITTED, zoom: trueZoom(stage, picture, 1) }, stage, picture).width).toBeCloseTo(4000);
  expect(placed({ ...FITTED, zoom: trueZoom(stage, picture, 2) }, stage, picture).width).toBeCloseTo(2000);
});

test('a picture cannot be pushed out of sight', () => {
  const view = inSight(movedBy(FITTED, { x: 99_999, y: -99_999 }), stage, picture);
  const box = placed(view, stage, picture);
  expect(box.x).toBeLessThan(stage.width);
  expect(box.y + box.height).toBeGreaterThan(0);
});

describe('two fingers', () => {
  test('that go apart zoom by as much', () => {
    const view = pinched(
      FITTED,
      [
        { x: -50, y: 0 },
        { x: 50, y: 0 },
      ],
      [
        { x: -100, y: 0 },
        { x: 100, y: 0 },
      ],
    );
    expect(view.zoom).toBeCloseTo(2);
  });

  test('that go aside together move the picture', () => {
    const view = pinched(
      FITTED,
      [
        { x: -50, y: 0 },
        { x: 50, y: 0 },
      ],
      [
        { x: -20, y: 10 },
        { x: 80, y: 10 },
      ],
    );
    expect(view).toMatchObject({ zoom: 1, x: 30, y: 10 });
  });
});
