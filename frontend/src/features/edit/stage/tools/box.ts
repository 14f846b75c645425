/** A box on the picture, in percent of it: what a step with control "box" keeps. */
import type { Params } from '../../types.ts';
import { between, type Box, type Size } from '../view.ts';

/** Percent of the picture's width and height. */
export type PercentBox = Box;

export const WHOLE: PercentBox = { x: 0, y: 0, width: 100, height: 100 };

const LEAST = 0.01;
const numberOf = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);

/** saved: pixels of the picture that the box lies on. */
export function boxIn(params: Params, saved: Size): PercentBox {
  const of = params['unit'] === 'px' ? { x: saved.width / 100, y: saved.height / 100 } : { x: 1, y: 1 };
  return inside({
    x: numberOf(params['x'], 0) / of.x,
    y: numberOf(params['y'], 0) / of.y,
    width: numberOf(params['width'], 100 * of.x) / of.x,
    height: numberOf(params['height'], 100 * of.y) / of.y,
  });
}

export function paramsOf(box: PercentBox): Params {
  const { x, y, width, height } = inside(box);
  return { unit: 'percent', x: rounded(x), y: rounded(y), width: rounded(width), height: rounded(height) };
}

/** Whole pixels of the saved picture. */
export function pixelsOf({ x, y, width, height }: PercentBox, saved: Size): Box {
  const across = saved.width / 100;
  const down = saved.height / 100;
  return {
    x: Math.round(x * across),
    y: Math.round(y * down),
    width: Math.max(Math.round(width * across), 1),
    height: Math.max(Math.round(height * down), 1),
  };
}

export const fromPixels = ({ x, y, width, height }: Box, saved: Size): PercentBox =>
  inside({
    x: (x / saved.width) * 100,
    y: (y / saved.height) * 100,
    width: (width / saved.width) * 100,
    height: (height / saved.height) * 100,
  });

/** The box made as wide to high as asked, about as large as before, around the same middle. ratio in pixels. */
export function withRatio(box: PercentBox, ratio: number, saved: Size): PercentBox {
  const share = (ratio * saved.height) / saved.width;
  const wide = Math.sqrt(box.width * box.height * share);
  const fits = Math.min(1, 100 / wide, (100 * share) / wide);
  const [width, height] = [wide * fits, (wide * fits) / share];
  const x = between(box.x + (box.width - width) / 2, 0, 100 - width);
  const y = between(box.y + (box.height - height) / 2, 0, 100 - height);
  return { x, y, width, height };
}

/** '4:3' or '1.5' as a number; undefined where it is none. */
export function ratioOf(text: string): number | undefined {
  const [width = NaN, height = 1] = text.split(':').map(Number);
  const ratio = width / height;
  return Number.isFinite(ratio) && ratio > 0 ? ratio : undefined;
}

function inside({ x, y, width, height }: PercentBox): PercentBox {
  const left = between(x, 0, 100 - LEAST);
  const top = between(y, 0, 100 - LEAST);
  return {
    x: left,
    y: top,
    width: between(width, LEAST, 100 - left),
    height: between(height, LEAST, 100 - top),
  };
}

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;
