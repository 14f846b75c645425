/** What a caller of rembg's /api/remove asks for, and the recipe for it. Pure. */
import { GatewayError } from '../../errors.ts';
import { onWhite } from './colors.ts';
import type { Fields } from './form.ts';

export interface RembgWish {
  /** As rembg calls it, or one of ours; undefined where none is named. */
  readonly model: string | undefined;
  readonly matting: boolean;
  readonly only_mask: boolean;
  readonly smooth: boolean;
  /** #rrggbb */
  readonly color: string | undefined;
}

/** rembg's networks and the nearest of ours. Those that look for clothes, drawings or what a prompt says have none. */
const MODELS: Readonly<Record<string, string>> = {
  u2net: 'u2net',
  u2netp: 'u2netp',
  silueta: 'u2net',
  u2net_human_seg: 'u2net',
  'isnet-general-use': 'isnet',
  'bria-rmbg': 'auto',
  'birefnet-general': 'auto',
  'birefnet-general-fp16': 'auto',
  'birefnet-general-lite': 'auto',
  'birefnet-portrait': 'auto',
  'birefnet-dis': 'auto',
  'birefnet-hrsod': 'auto',
  'birefnet-cod': 'auto',
  'birefnet-massive': 'auto',
  auto: 'auto',
};
const FEATHER_PX = 1.5;

/** Throws invalid_request. */
export function rembgWish(fields: Fields): RembgWish {
  if (fields.has('extras') && fields.get('extras')?.trim() !== '{}') {
    throw invalid('no extras: nothing of the models can be set by a request');
  }
  for (const name of ['af', 'ab']) expectNumber(fields, name, 255);
  expectNumber(fields, 'ae', 10_000);
  return {
    model: fields.get('model'),
    // Both bring out hair; the thresholds of the first are chosen from the picture here.
    matting: flagOf(fields, 'a') || flagOf(fields, 'vm'),
    only_mask: flagOf(fields, 'om'),
    smooth: flagOf(fields, 'ppm'),
    color: colorOf(fields),
  };
}

/** own: ids of the models installed here. Throws invalid_request for a model that is neither rembg's nor ours. */
export function modelOf({ model }: RembgWish, own: readonly string[]): string {
  if (model === undefined) return 'auto';
  const known = Object.hasOwn(MODELS, model) ? MODELS[model] : own.find((id) => id === model);
  if (known === undefined) {
    const names = [...new Set([...Object.keys(MODELS), ...own])];
    throw invalid(`model to be one of ${names.join(', ')}`);
  }
  return known;
}

export function rembgRecipe({ matting, smooth, color, only_mask }: RembgWish, model: string) {
  const find = {
    operation: 'remove-background',
    params: { model, refine: matting ? 'matting' : 'guided', ...(smooth && { feather_px: FEATHER_PX }) },
  };
  const ground = { operation: 'background', params: { kind: 'color', color } };
  return { steps: color === undefined || only_mask ? [find] : [find, ground], output: { format: 'png' } };
}

const invalid = (expected: string): GatewayError => new GatewayError('invalid_request', `Expected ${expected}`);

function flagOf(fields: Fields, name: string): boolean {
  const given = (fields.get(name) ?? 'false').toLowerCase();
  if (['true', '1', 'yes', 'on', 'y', 't'].includes(given)) return true;
  if (['false', '0', 'no', 'off', 'n', 'f'].includes(given)) return false;
  throw invalid(`${name} to be true or false`);
}

function expectNumber(fields: Fields, name: string, most: number): void {
  const given = fields.get(name) ?? '0';
  if (!/^\d{1,5}$/.test(given) || Number(given) > most) throw invalid(`${name} to be a number from 0 to ${most}`);
}

function colorOf(fields: Fields): string | undefined {
  const given = fields.get('bgc');
  if (given === undefined) return undefined;
  const numbers = given.split(',').map((part) => (/^\s*\d{1,3}\s*$/.test(part) ? Number(part) : 256));
  const [red = 256, green = 256, blue = 256, alpha = 255] = numbers;
  if (numbers.length > 4 || Math.max(red, green, blue, alpha) > 255) {
    throw invalid('bgc as red,green,blue,alpha, each from 0 to 255');
  }
  return onWhite({ channels: [red, green, blue], alpha });
}
