/** Pictures drawn for tests, as PNG (RFC 2083: signature, IHDR, IDAT, IEND). */
import { crc32, deflateSync } from 'node:zlib';

type Color = readonly [number, number, number];

/** paint gives the colour of each pixel, 0 to 255. level: of the compression, 0 for files that are large. */
export function drawnPng(width: number, height: number, paint: (x: number, y: number) => Color, level = 6): Buffer {
  const rows = Array.from({ length: height }, (_, y) => [
    0,
    ...Array.from({ length: width }, (_, x) => paint(x, y)).flat(),
  ]);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.from(rows.flat()), { level });
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(data.length + 12);
  framed.writeUInt32BE(data.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), data.length + 8);
  return framed;
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
