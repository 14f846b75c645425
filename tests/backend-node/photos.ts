/** Pictures for tests: drawn, or photos that come with scikit-image. */
import { globSync, readFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

type Rgb = readonly [number, number, number];

/** A PNG of one colour: every colour and size is another picture. */
export function png(width = 40, height = 30, [red, green, blue]: Rgb = [200, 80, 40], noise = 0): Buffer<ArrayBuffer> {
  const row = Buffer.alloc(1 + width * 3);
  for (let x = 0; x < width; x += 1) row.set([red, green, blue], 1 + x * 3);
  const rows = Buffer.concat(Array.from({ length: height }, () => Buffer.from(row)));
  // Bytes that do not compress, where a test needs a large file.
  if (noise > 0)
    for (let at = 0; at < rows.length; at += 1)
      if (at % row.length !== 0) rows[at] = (Math.imul(at + noise, 2_654_435_761) >>> 13) & 255;
  return pngOf(width, height, rows, noise > 0 ? 0 : 6);
}

/** A PNG (RFC 2083) of its rows: a zero, and three bytes for each pixel. level: of the compression. */
export function pngOf(width: number, height: number, rows: Buffer, level = 6): Buffer<ArrayBuffer> {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const chunks = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows, { level })), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...chunks]);
}

/** A small PNG, another for each seed below 16 million. */
export const picture = (seed: number): Buffer<ArrayBuffer> => png(4, 4, [seed & 255, (seed >> 8) & 255, seed >> 16]);

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** coffee.png, chelsea.png, rocket.jpg … */
export function photo(name: string): Buffer<ArrayBuffer> {
  const [path] = globSync(`.venv/lib/python3*/site-packages/skimage/data/${name}`);
  if (path === undefined) throw new Error(`Expected ${name} among the photos of scikit-image`);
  return Buffer.from(readFileSync(path));
}

/** A form with files, after the fields. */
export function formOf(
  files: readonly (readonly [string, Uint8Array<ArrayBuffer>])[],
  fields: Record<string, string> = {},
): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const [name, bytes] of files) form.append('file', new Blob([bytes], { type: 'image/png' }), name);
  return form;
}
