/** Grounds to look at a cut-out on. They show halos; the recipe stays as it is. */
import type { CSSProperties } from 'react';
import type { Operation, Recipe, Step } from '../../../lib/data/catalogue.ts';
import type { Params } from '../types.ts';

export type Ground =
  | { readonly kind: 'white' | 'black' | 'checker' | 'blur' }
  | { readonly kind: 'color'; readonly color: string }
  | { readonly kind: 'image'; readonly url: string; readonly file: File };

const isBackdrop = (operations: readonly Operation[], { operation }: Step): boolean =>
  operations.some(({ name, params }) => name === operation && params.control === 'backdrop');

/** The recipe without a ground of its own, in a format that knows transparency. */
export function cutOut(recipe: Recipe, operations: readonly Operation[]): Recipe {
  const steps = recipe.steps.map((step) =>
    isBackdrop(operations, step) ? { ...step, params: { ...step.params, kind: 'transparent' } } : step,
  );
  return { steps, output: { format: 'webp', quality: 90 } };
}

/** What lies behind the picture on the screen. originalUrl: for the blurred ground. */
export function groundStyle(ground: Ground, originalUrl: string | undefined): CSSProperties {
  if (ground.kind === 'white') return { background: '#ffffff' };
  if (ground.kind === 'black') return { background: '#000000' };
  if (ground.kind === 'color') return { background: ground.color };
  if (ground.kind === 'image') return { background: `center / cover no-repeat url("${ground.url}")` };
  if (ground.kind === 'blur' && originalUrl !== undefined)
    return { background: `center / cover no-repeat url("${originalUrl}")`, filter: 'blur(12px)' };
  return {};
}

/** The ground as parameters of a backdrop. blob: of the picture, once it was uploaded. */
export function groundParams(ground: Ground, blob?: string): Params {
  if (ground.kind === 'white') return { kind: 'color', color: '#ffffff' };
  if (ground.kind === 'black') return { kind: 'color', color: '#000000' };
  if (ground.kind === 'color') return { kind: 'color', color: ground.color };
  if (ground.kind === 'blur') return { kind: 'blur' };
  if (ground.kind === 'checker') return { kind: 'transparent' };
  return blob === undefined ? { kind: 'transparent' } : { kind: 'image', blob };
}
