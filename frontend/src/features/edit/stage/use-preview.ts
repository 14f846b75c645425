/** A recipe as a picture that follows it. */
import { useEffect, useLayoutEffect, useState } from 'react';
import { useExternal } from '../../../lib/api/external.ts';
import type { Recipe } from '../../../lib/data/catalogue.ts';
import type { Image } from '../../../lib/data/images.ts';
import { renderFrame, type Frame } from './frames.ts';
import { Previews, type Come, type Looked } from './previews.ts';
import { Shelf } from './shelf.ts';

const MOST_KEPT = 30;
/** The picture before may still be on the screen for a moment. */
const LEAVE_MS = 2000;

export type Shown = Come<Frame>;

export type ImagePreviews = Previews<Recipe, Frame>;

/** One line of pictures of one image: what was wished for last is what comes. */
export function usePreviews(image: Image): ImagePreviews {
  const [previews] = useState(() => {
    const shelf = new Shelf<Shown>(MOST_KEPT, ({ frame }) =>
      setTimeout(() => URL.revokeObjectURL(frame.url), LEAVE_MS),
    );
    const ask = (recipe: Recipe, px: number, signal: AbortSignal) => renderFrame(image, recipe, px, signal);
    return new Previews<Recipe, Frame>(ask, shelf);
  });
  useEffect(() => () => previews.end(), [previews]);
  return previews;
}

export function useLooked(previews: ImagePreviews): Looked<Frame> {
  const looked = useExternal(previews);
  useMeasure(looked.shown?.frame);
  return looked;
}

export const keyOf = (recipe: Recipe): string => JSON.stringify(recipe);

/** max_px: longest side that the screen shows. */
export function useWish(previews: ImagePreviews, recipe: Recipe, max_px: number): void {
  const key = keyOf(recipe);
  useEffect(() => previews.wish({ key, recipe: JSON.parse(key) as Recipe, max_px }), [previews, key, max_px]);
}

/** One that is shown again was there already. */
const measured = new WeakSet<Frame>();

/** How long it takes from an answer to the pixels on the screen: for whoever looks into the browser's performance panel. */
function useMeasure(frame: Frame | undefined): void {
  useLayoutEffect(() => {
    if (!frame || measured.has(frame)) return;
    measured.add(frame);
    requestAnimationFrame(() => {
      setTimeout(() => performance.measure('preview-on-screen', { start: frame.replied_at, end: performance.now() }));
    });
  }, [frame]);
}
