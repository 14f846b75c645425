/** A mask as plain numbers, and painting on it: 255 is product, 0 is ground. */
import { between, type Box, type Point, type Size } from '../view.ts';

export interface Mask extends Size {
  readonly data: Uint8Array;
}

export interface Brush {
  /** Pixels of the mask. */
  readonly radius_px: number;
  /** 0: a sharp edge. 1: soft from the middle on. */
  readonly softness: number;
  readonly erase: boolean;
}

export const emptyMask = ({ width, height }: Size): Mask => ({ width, height, data: new Uint8Array(width * height) });

export const wholeOf = ({ width, height }: Size): Box => ({ x: 0, y: 0, width, height });

/**
 * Draws the brush along a line, each pixel by its distance from the line: a stroke looks the same however many points a
 * pointer gave. Returns the part that changed; undefined where nothing did.
 */
export function paintLine(mask: Mask, from: Point, to: Point, brush: Brush): Box | undefined {
  const part = partAround(mask, from, to, brush.radius_px + 1);
  if (!part) return undefined;
  const changed = new Edges();
  const cover = coverOf(brush);
  for (let y = part.y; y < part.y + part.height; y += 1) paintRow(mask, part, y, { from, to, cover, brush }, changed);
  return changed.box();
}

interface Line {
  readonly from: Point;
  readonly to: Point;
  readonly brush: Brush;
  /** 0 to 255 by the distance from the line, squared. */
  readonly cover: (squared_px: number) => number;
}

// Hundreds of thousands of pixels for each move of a large brush: plain arithmetic, nothing made on the way.
function paintRow({ data, width }: Mask, part: Box, y: number, line: Line, changed: Edges): void {
  const { from, to, cover } = line;
  const { erase } = line.brush;
  const along_x = to.x - from.x;
  const along_y = to.y - from.y;
  const length = along_x * along_x + along_y * along_y || 1;
  const down = y + 0.5 - from.y;
  const full = erase ? 0 : 255;
  for (let x = part.x; x < part.x + part.width; x += 1) {
    const index = y * width + x;
    const before = data[index] ?? 0;
    // Most of what a brush goes over it went over a moment ago.
    if (before === full) continue;
    const right = x + 0.5 - from.x;
    const share = (right * along_x + down * along_y) / length;
    const at = share < 0 ? 0 : share > 1 ? 1 : share;
    const off_x = right - at * along_x;
    const off_y = down - at * along_y;
    const covered = cover(off_x * off_x + off_y * off_y);
    const after = erase ? (before < 255 - covered ? before : 255 - covered) : before > covered ? before : covered;
    if (after === before) continue;
    data[index] = after;
    changed.add(x, y);
  }
}

/** The smallest box around points. */
class Edges {
  #left = Infinity;
  #top = Infinity;
  #right = -1;
  #bottom = -1;

  add(x: number, y: number): void {
    if (x < this.#left) this.#left = x;
    if (x > this.#right) this.#right = x;
    if (y < this.#top) this.#top = y;
    if (y > this.#bottom) this.#bottom = y;
  }

  box(): Box | undefined {
    if (this.#right < 0) return undefined;
    const width = this.#right - this.#left + 1;
    return { x: this.#left, y: this.#top, width, height: this.#bottom - this.#top + 1 };
  }
}

function coverOf({ radius_px, softness }: Brush): (squared_px: number) => number {
  const outer = radius_px + 0.5;
  const inner = Math.max(Math.min(radius_px * (1 - softness) - 0.5, outer - 1), 0);
  const outer_squared = outer * outer;
  const inner_squared = inner * inner;
  return (squared_px) => {
    if (squared_px >= outer_squared) return 0;
    if (squared_px <= inner_squared) return 255;
    const rest = (outer - Math.sqrt(squared_px)) / (outer - inner);
    return Math.round(255 * rest * rest * (3 - 2 * rest));
  };
}

function partAround({ width, height }: Size, from: Point, to: Point, room: number): Box | undefined {
  const x = between(Math.floor(Math.min(from.x, to.x) - room), 0, width);
  const y = between(Math.floor(Math.min(from.y, to.y) - room), 0, height);
  const right = between(Math.ceil(Math.max(from.x, to.x) + room), 0, width);
  const bottom = between(Math.ceil(Math.max(from.y, to.y) + room), 0, height);
  return right > x && bottom > y ? { x, y, width: right - x, height: bottom - y } : undefined;
}

export function joined(one: Box | undefined, other: Box | undefined): Box | undefined {
  if (!one || !other) return one ?? other;
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
  const right = Math.max(one.x + one.width, other.x + other.width);
  const bottom = Math.max(one.y + one.height, other.y + other.height);
  return { x, y, width: right - x, height: bottom - y };
}

/** The bytes of a part, row by row. */
export function cut({ data, width }: Mask, part: Box): Uint8Array {
  const bytes = new Uint8Array(part.width * part.height);
  for (let row = 0; row < part.height; row += 1) {
    const from = (part.y + row) * width + part.x;
    bytes.set(data.subarray(from, from + part.width), row * part.width);
  }
  return bytes;
}

export function paste({ data, width }: Mask, part: Box, bytes: Uint8Array): void {
  for (let row = 0; row < part.height; row += 1) {
    const from = row * part.width;
    data.set(bytes.subarray(from, from + part.width), (part.y + row) * width + part.x);
  }
}

export interface Tint {
  readonly color: readonly [number, number, number];
  /** 0 to 1 */
  readonly opacity: number;
  /** Over the product rather than over what is not. */
  readonly product: boolean;
}

/** A part of the mask as see-through color, RGBA. */
export function tinted({ data, width }: Mask, part: Box, tint: Tint): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint32Array(part.width * part.height);
  const looks = looksOf(tint);
  let to = 0;
  for (let y = part.y; y < part.y + part.height; y += 1) {
    const end = y * width + part.x + part.width;
    for (let at = end - part.width; at < end; at += 1) {
      pixels[to] = looks[data[at] ?? 0] ?? 0;
      to += 1;
    }
  }
  return new Uint8ClampedArray(pixels.buffer);
}

/** The pixel of each value of a mask, its four bytes as one number. */
function looksOf({ color: [red, green, blue], opacity, product }: Tint): Uint32Array {
  const bytes = new Uint8ClampedArray(256 * 4);
  for (let value = 0; value < 256; value += 1)
    bytes.set([red, green, blue, (product ? value : 255 - value) * opacity], value * 4);
  return new Uint32Array(bytes.buffer);
}

/** Whether two shapes are the same but for rounding. */
export function sameShape(one: Size, other: Size): boolean {
  const share = (one.width * other.height) / (one.height * other.width);
  return Math.abs(share - 1) < 0.01;
}

/** As large as masks are painted: the picture's shape, at most so many pixels long. */
export function paintedSize({ width, height }: Size, most_px: number): Size {
  const scale = Math.min(1, most_px / Math.max(width, height));
  return { width: Math.max(Math.round(width * scale), 1), height: Math.max(Math.round(height * scale), 1) };
}
