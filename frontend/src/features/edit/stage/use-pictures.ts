/** What is on the stage now: the recipe's picture or what a tool is laid over, the original, and how they are looked at. */
import { useState } from 'react';
import { useOperations, type Operation, type Recipe } from '../../../lib/data/catalogue.ts';
import type { Image } from '../../../lib/data/images.ts';
import type { Tool } from '../types.ts';
import { lookedAt, neededPx, ORIGINAL, savedSize } from './frames.ts';
import { cutOut, type Ground } from './ground.ts';
import { kindOf } from './tools/kind.ts';
import { keyOf, useLooked, usePreviews, useWish } from './use-preview.ts';
import { useView } from './use-view.ts';

const NO_OPERATIONS: readonly Operation[] = [];
const SMALL_PX = 512;

interface Looking {
  readonly image: Image;
  readonly recipe: Recipe;
  readonly tool: Tool | undefined;
  /** The ground that was chosen; a tool shows the picture without it. */
  readonly chosen: Ground | undefined;
  readonly holding: boolean;
  readonly split: boolean;
}

export function usePictures({ image, recipe, tool, chosen, holding, split }: Looking) {
  const operations = useOperations().data?.items ?? NO_OPERATIONS;
  const kind = tool && kindOf(tool.operation);
  const ground = kind === undefined ? chosen : undefined;
  const below = kind === 'mask' ? ORIGINAL : kind ? tool.before : recipe;
  const wish = ground ? cutOut(below, operations) : lookedAt(below);

  const previews = usePreviews(image);
  const originals = usePreviews(image);
  const looked = useLooked(previews);
  const original = useLooked(originals).shown;
  const seen = holding ? original : looked.shown;
  const saved = seen ? savedSize(seen, image) : image;

  const [element, onStage] = useState<HTMLElement | null>(null);
  const view = useView(element, saved, kind === undefined);
  const screen_px = view.box ? Math.max(view.box.width, view.box.height) * window.devicePixelRatio : SMALL_PX;
  const sharp_px = neededPx(screen_px, looked.shown);
  useWish(previews, wish, sharp_px);
  useWish(originals, ORIGINAL, split || holding || ground?.kind === 'blur' ? sharp_px : SMALL_PX);

  const current = looked.shown?.key === keyOf(wish) ? looked.shown.frame : undefined;
  return {
    ...looked,
    again: () => previews.again(),
    operations,
    kind,
    ground,
    view,
    onStage,
    saved,
    original: original?.frame,
    /** What was wished for last, once it is there. */
    current,
  };
}
