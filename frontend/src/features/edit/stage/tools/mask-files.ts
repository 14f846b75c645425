/** Masks as files: found by the service, read from disk, written as PNG. */
import { call, open } from '../../../../lib/api/call.ts';
import { isProblem } from '../../../../lib/api/problem.ts';
import type { Step } from '../../../../lib/data/catalogue.ts';
import { saveFile } from '../../../../lib/save-file.ts';
import { MOST_PX } from '../frames.ts';
import type { Size } from '../view.ts';
import { words } from '../words.ts';
import { emptyMask, sameShape, type Mask } from './mask.ts';

/** Where the steps find the product in the original; undefined where none of them looks for it, or finds it. */
export async function foundMask(
  image: string,
  steps: readonly Step[],
  size: Size,
  signal: AbortSignal,
): Promise<Mask | undefined> {
  const body = { recipe: { steps: structuredClone(steps) as never }, part: 'source_mask' as const, max_px: MOST_PX };
  try {
    const answer = await open('post /images/:id/preview', { params: { id: image }, body, signal });
    return await readMask(await answer.blob(), size);
  } catch (error) {
    if (isProblem(error, 'no_product', 'invalid_recipe', 'not_found')) return undefined;
    throw error;
  }
}

/** A mask somebody made. Rejects with a sentence where it is none, or does not fit. */
export async function uploadedMask(file: File, size: Size): Promise<Mask> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) throw new Error(words.badMask);
  const { width, height } = picture;
  picture.close();
  if (!sameShape({ width, height }, size))
    throw new Error(words.badAspect(width, height, `${size.width} × ${size.height}`));
  return readMask(file, size);
}

/** White is product. What is see-through is ground. */
async function readMask(file: Blob, { width, height }: Size): Promise<Mask> {
  const picture = await createImageBitmap(file);
  const context = contextOf({ width, height });
  context.fillStyle = '#000000';
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0, width, height);
  picture.close();
  const { data } = context.getImageData(0, 0, width, height);
  const mask = emptyMask({ width, height });
  for (let at = 0; at < mask.data.length; at += 1) mask.data[at] = data[at * 4 + 1] ?? 0;
  return mask;
}

export async function maskPng({ width, height, data }: Mask): Promise<Blob> {
  const context = contextOf({ width, height });
  const pixels = context.createImageData(width, height);
  for (let at = 0; at < data.length; at += 1) pixels.data.fill(data[at] ?? 0, at * 4, at * 4 + 3);
  for (let at = 3; at < pixels.data.length; at += 4) pixels.data[at] = 255;
  context.putImageData(pixels, 0, 0);
  return context.canvas.convertToBlob({ type: 'image/png' });
}

/** Keeps it beside the image, so that a recipe may name it. Its blob id. */
export async function keepMask(image: string, mask: Mask): Promise<string> {
  const stream = await maskPng(mask);
  const { blob } = await call('post /images/:id/masks', { params: { id: image }, stream });
  return blob;
}

export async function downloadMask(mask: Mask, name: string): Promise<void> {
  saveFile(await maskPng(mask), name);
}

function contextOf({ width, height }: Size): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('Expected a 2D canvas');
  return context;
}
