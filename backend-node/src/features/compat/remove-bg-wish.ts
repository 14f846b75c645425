/** What a caller of POST /v1.0/removebg asks for, read from the fields. */
import { GatewayError } from '../../errors.ts';
import { colorOf, onWhite } from './colors.ts';
import type { Fields } from './form.ts';

/** So many pixels, or a share of a length. */
export interface Length {
  readonly value: number;
  readonly unit: 'px' | '%';
}

export type Format = 'auto' | 'png' | 'jpg' | 'webp' | 'zip';

export interface RemoveBgWish {
  /** Most pixels of the result. */
  readonly max_pixels: number | undefined;
  readonly format: Format;
  readonly channels: 'rgba' | 'alpha';
  /** Left, top, right, bottom: where the product is looked for. */
  readonly roi: readonly [Length, Length, Length, Length] | undefined;
  readonly crop: boolean;
  /** Top, right, bottom, left. */
  readonly crop_margin: readonly [Length, Length, Length, Length];
  /** 0 to 1, of the picture's size. */
  readonly scale: number | undefined;
  /** Across and down: 0 is left and top, 1 right and bottom. */
  readonly position: readonly [number, number] | undefined;
  readonly shadow: boolean;
  /** #rrggbb */
  readonly color: string | undefined;
  /** X-Type of the answer; undefined where none is wanted. */
  readonly type: string | undefined;
}

const SIZES: Readonly<Record<string, number | undefined>> = {
  preview: 250_000,
  small: 250_000,
  regular: 250_000,
  medium: 1_500_000,
  hd: 4_000_000,
  '50mp': 50_000_000,
  full: undefined,
  '4k': undefined,
  auto: undefined,
};
const TYPES = ['auto', 'person', 'product', 'car', 'animal', 'graphic', 'transportation'] as const;
const NONE: Length = { value: 0, unit: 'px' };

/** Throws invalid_request, whose details.code is the one that remove.bg's clients see. */
export function removeBgWish(fields: Fields): RemoveBgWish {
  const scale = scaleOf(fields);
  return {
    max_pixels: sizeOf(fields),
    format: oneOf(fields, 'format', ['auto', 'png', 'jpg', 'webp', 'zip']),
    channels: oneOf(fields, 'channels', ['rgba', 'alpha']),
    roi: roiOf(fields),
    crop: flagOf(fields, 'crop'),
    crop_margin: marginOf(fields),
    scale,
    position: positionOf(fields, scale !== undefined),
    shadow: shadowOf(fields),
    color: groundOf(fields),
    type: typeOf(fields),
  };
}

export const invalid = (code: string, expected: string): GatewayError =>
  new GatewayError('invalid_request', expected, { details: { code } });

function oneOf<const T extends string>(fields: Fields, name: string, known: readonly [T, ...T[]]): T {
  const given = (fields.get(name) ?? known[0]).toLowerCase();
  const found = known.find((one) => one === given);
  if (found === undefined) throw invalid(`invalid_${name}`, `Expected ${name} to be one of ${known.join(', ')}`);
  return found;
}

function sizeOf(fields: Fields): number | undefined {
  const given = (fields.get('size') ?? 'preview').toLowerCase();
  if (!Object.hasOwn(SIZES, given)) {
    throw invalid('invalid_size', `Expected size to be one of ${Object.keys(SIZES).join(', ')}`);
  }
  return SIZES[given];
}

function flagOf(fields: Fields, name: string): boolean {
  const given = (fields.get(name) ?? 'false').toLowerCase();
  if (['true', '1', 'yes', 'on'].includes(given)) return true;
  if (['false', '0', 'no', 'off'].includes(given)) return false;
  throw invalid(`invalid_${name}`, `Expected ${name} to be true or false`);
}

/** add_shadow is the older way to say it. */
function shadowOf(fields: Fields): boolean {
  const kind = fields.get('shadow_type')?.toLowerCase();
  return kind === undefined ? flagOf(fields, 'add_shadow') : kind !== 'none';
}

/** Nothing here tells people from cars: what the caller takes it for, or else a product. */
function typeOf(fields: Fields): string | undefined {
  const type = oneOf(fields, 'type', TYPES);
  if (oneOf(fields, 'type_level', ['1', 'none', '2', 'latest']) === 'none') return undefined;
  return type === 'auto' ? 'product' : type;
}

function groundOf(fields: Fields): string | undefined {
  const given = fields.get('bg_color');
  if (given === undefined) return undefined;
  const color = colorOf(given);
  if (!color) throw invalid('invalid_bg_color', 'Expected bg_color to be a name, or a hex code like 81d4fa or fff');
  return onWhite(color);
}

function lengthsOf(fields: Fields, name: string, counts: readonly number[]): Length[] | undefined {
  const given = fields.get(name);
  if (given === undefined) return undefined;
  const lengths = given.trim().split(/\s+/).map(lengthOf);
  const sound = lengths.filter((length) => length !== undefined);
  if (sound.length < lengths.length || !counts.includes(sound.length)) {
    throw invalid(`invalid_${name}`, `Expected ${name} as ${counts.join(' or ')} lengths like 30px or 10%`);
  }
  return sound;
}

function lengthOf(text: string): Length | undefined {
  const [, digits, unit = 'px'] = /^(\d{1,6}(?:\.\d{1,6})?)(px|%)?$/i.exec(text) ?? [];
  if (digits === undefined) return undefined;
  return { value: Number(digits), unit: unit === '%' ? '%' : 'px' };
}

function roiOf(fields: Fields): RemoveBgWish['roi'] {
  const [left, top, right, bottom] = lengthsOf(fields, 'roi', [4]) ?? [];
  return left && top && right && bottom && [left, top, right, bottom];
}

/** One for all sides, two for top and bottom and for left and right, or four from the top clockwise. */
function marginOf(fields: Fields): RemoveBgWish['crop_margin'] {
  const [top = NONE, right = top, bottom = top, left = right] = lengthsOf(fields, 'crop_margin', [1, 2, 4]) ?? [];
  return [top, right, bottom, left];
}

function scaleOf(fields: Fields): number | undefined {
  const given = fields.get('scale')?.toLowerCase();
  if (given === undefined || given === 'original') return undefined;
  const [, digits] = /^(\d{1,3}(?:\.\d{1,6})?)%$/.exec(given) ?? [];
  const percent = Number(digits ?? Number.NaN);
  if (!(percent >= 10 && percent <= 100)) {
    throw invalid('invalid_scale', 'Expected scale to be original, or from 10% to 100%');
  }
  return percent / 100;
}

/** Where it is scaled, it goes to the middle unless another place was named. */
function positionOf(fields: Fields, scaled: boolean): RemoveBgWish['position'] {
  const given = fields.get('position')?.toLowerCase() ?? (scaled ? 'center' : 'original');
  if (given === 'original') return undefined;
  if (given === 'center') return [0.5, 0.5];
  const percents = given.split(/\s+/).map((part) => /^(\d{1,3}(?:\.\d{1,6})?)%$/.exec(part)?.[1]);
  const [across = Number.NaN, down = across] = percents.map(Number);
  if (percents.length > 2 || !(across <= 100 && down <= 100)) {
    throw invalid('invalid_position', 'Expected position to be original, center, or one or two of 0% to 100%');
  }
  return [across / 100, down / 100];
}
