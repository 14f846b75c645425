/** A recipe that cuts the product out along a given mask instead of looking for it. */

export interface RecipeSteps {
  readonly steps: readonly { readonly operation: string; readonly params?: unknown }[];
}

type Step = RecipeSteps['steps'][number];

const USE_MASK = 'use-mask';
const FINDERS: ReadonlySet<string> = new Set(['remove-background', USE_MASK]);

/** Where an image has no version yet: cut out, on white. */
export const PLAIN: RecipeSteps = { steps: [{ operation: USE_MASK }, { operation: 'background' }] };

/**
 * use-mask takes the place of the step that found the product, with its edge treated the same way. The mask fits the
 * original: where something moves the picture before, it goes first.
 */
export function withMask<R extends RecipeSteps>(recipe: R, blob: string, moves: (operation: string) => boolean): R {
  const at = recipe.steps.findIndex(finds);
  const moved = recipe.steps.slice(0, Math.max(at, 0)).some(({ operation }) => moves(operation));
  const step = { operation: USE_MASK, params: { ...edgeOf(recipe.steps[at]), blob } };
  const others = recipe.steps.filter((one) => !finds(one));
  return { ...recipe, steps: others.toSpliced(at === -1 || moved ? 0 : at, 0, step) };
}

const finds = ({ operation }: Step): boolean => FINDERS.has(operation);

function edgeOf(step: Step | undefined): Record<string, unknown> {
  const params: unknown = step?.params;
  if (typeof params !== 'object' || params === null) return {};
  return Object.fromEntries(Object.entries(params).filter(([name]) => name === 'grow_px' || name === 'feather_px'));
}
