/** Pictures of recipes, as the gateway renders them, ready to be put on the screen. */
import type { Image } from '../../../lib/data/images.ts';
import type { Recipe } from '../../../lib/data/catalogue.ts';
import { open } from '../../../lib/api/call.ts';
import type { Told } from '../types.ts';
import type { Come } from './previews.ts';
import type { Size } from './view.ts';

export const MOST_PX = 2048;
const SIZES_PX = [512, 768, 1024, 1280, 1536, MOST_PX];
/** Encoders that take their time are for results, not for looking. */
const QUICK_FORMATS: Readonly<Record<string, string>> = { png: 'webp', avif: 'webp' };
const PROBE_PX = 48;

export interface Frame extends Size {
  readonly url: string;
  readonly told: Told | undefined;
  /** Something of it is seen through. */
  readonly transparent: boolean;
  /** performance.now() when the answer was there. */
  readonly replied_at: number;
}

export const ORIGINAL: Recipe = { steps: [] };

/** The recipe as it is looked at: what decides about bytes only is left out. */
export function lookedAt({ steps, output = {} }: Recipe): Recipe {
  const format = typeof output['format'] === 'string' ? output['format'] : 'jpeg';
  const quality = typeof output['quality'] === 'number' ? { quality: output['quality'] } : {};
  return { steps, output: { format: QUICK_FORMATS[format] ?? format, ...quality, pure_white: false } };
}

/** The next size that is asked for, so that not every pixel of a window makes a new picture. */
export const sizeStep = (px: number): number => SIZES_PX.find((size) => size >= px) ?? MOST_PX;

const longest = ({ width, height }: Size): number => Math.max(width, height);

/** Pixels of a preview per pixel of the saved picture. */
const scaleOf = (max_px: number, original: Size): number => Math.min(1, max_px / longest(original));

/** How large the picture is when it is saved, as far as a preview tells. */
export function savedSize({ frame, max_px }: Come<Frame>, original: Size): Size {
  const scale = scaleOf(max_px, original);
  return { width: Math.round(frame.width / scale), height: Math.round(frame.height / scale) };
}

/** What to ask for, so that the screen has as many pixels as it shows. A cut part needs more than the whole. */
export function neededPx(shown_px: number, come: Come<Frame> | undefined): number {
  const share = come ? longest(come.frame) / come.max_px : 1;
  return sizeStep(shown_px / Math.min(Math.max(share, 0.05), 1));
}

export async function renderFrame(image: Image, recipe: Recipe, max_px: number, signal: AbortSignal) {
  const body = { recipe: structuredClone(recipe) as never, max_px };
  const answer = await open('post /images/:id/preview', { params: { id: image.id }, body, signal });
  const blob = await answer.blob();
  const replied_at = performance.now();
  const url = URL.createObjectURL(blob);
  try {
    const picture = await decoded(url);
    const size = { width: picture.naturalWidth, height: picture.naturalHeight };
    const frame = { ...size, url, told: toldIn(answer), transparent: isTransparent(picture, blob.type), replied_at };
    return { frame, whole: max_px >= longest(image) && longest(size) < max_px };
  } catch (error) {
    URL.revokeObjectURL(url);
    throw error;
  }
}

async function decoded(url: string): Promise<HTMLImageElement> {
  const picture = document.createElement('img');
  picture.src = url;
  await picture.decode();
  return picture;
}

function isTransparent(picture: HTMLImageElement, mime: string): boolean {
  if (mime === 'image/jpeg') return false;
  const canvas = new OffscreenCanvas(PROBE_PX, PROBE_PX);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return false;
  context.drawImage(picture, 0, 0, PROBE_PX, PROBE_PX);
  return context.getImageData(0, 0, PROBE_PX, PROBE_PX).data.some((value, at) => at % 4 === 3 && value < 250);
}

function toldIn(answer: Response): Told | undefined {
  try {
    return (JSON.parse(answer.headers.get('Vitrine-Rendered') ?? 'null') as Told | null) ?? undefined;
  } catch {
    return undefined;
  }
}
