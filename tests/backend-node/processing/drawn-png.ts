/** Pictures drawn for tests, pixel by pixel. */
import { pngOf } from '../photos.ts';

type Color = readonly [number, number, number];

/** paint gives the colour of each pixel, 0 to 255. level: of the compression, 0 for files that are large. */
export function drawnPng(width: number, height: number, paint: (x: number, y: number) => Color, level = 6): Buffer {
  const rows = Array.from({ length: height }, (_, y) => [
    0,
    ...Array.from({ length: width }, (_, x) => paint(x, y)).flat(),
  ]);
  return pngOf(width, height, Buffer.from(rows.flat()), level);
}

const inBox = (x: number, y: number, width: number, height: number): boolean =>
  x > width * 0.3 && x < width * 0.7 && y > height * 0.3 && y < height * 0.7;

/** A red box on light grey; seed makes each one different. */
export const boxOnGrey = (seed: number, width = 160, height = 120): Buffer =>
  drawnPng(width, height, (x, y) =>
    inBox(x, y, width, height) ? [180 + (seed % 50), 20, 30] : [225, (x + y + seed) % 2 ? 226 : 224, 225],
  );

/** A white box on black: a mask. */
export const boxMask = (width = 160, height = 120): Buffer =>
  drawnPng(width, height, (x, y) => (inBox(x, y, width, height) ? [255, 255, 255] : [0, 0, 0]));

/** Width and height in pixels. */
export const sizeOf = (png: Buffer): readonly [number, number] => [png.readUInt32BE(16), png.readUInt32BE(20)];
