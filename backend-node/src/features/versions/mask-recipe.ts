/** A recipe that cuts the product out along a given mask instead of looking for it. */
import type { MaskTools } from './mask-tools.ts';

export interface RecipeSteps {
  readonly steps: readonly { readonly operation: string; readonly params?: unknown }[];
}

type Step = RecipeSteps['steps'][number];

/** Where an image has no version yet: cut out, on white. */
export const plainRecipe = ({ painter, backdrop }: MaskTools): RecipeSteps => ({
  steps: [{ operation: painter }, ...(backdrop === undefined ? [] : [{ operation: backdrop }])],
});

/**
 * The mask takes the place of the step that found the product, with its edge treated the same way. It fits the
 * original: where something moves the picture before, it goes first.
 */
export function withMask<R extends RecipeSteps>(recipe: R, blob: string, tools: MaskTools): R {
  const finds = ({ operation }: Step): boolean => tools.finders.has(operation);
  const at = recipe.steps.findIndex(finds);
  const moved = recipe.steps.slice(0, Math.max(at, 0)).some(({ operation }) => tools.moving.has(operation));
  const params = { ...carriedOver(recipe.steps[at], tools.carried), [tools.mask]: blob };
  const others = recipe.steps.filter((one) => !finds(one));
  return { ...recipe, steps: others.toSpliced(at === -1 || moved ? 0 : at, 0, { operation: tools.painter, params }) };
}

function carriedOver(step: Step | undefined, carried: ReadonlySet<string>): Record<string, unknown> {
  const params: unknown = step?.params;
  if (typeof params !== 'object' || params === null) return {};
  return Object.fromEntries(Object.entries(params).filter(([name]) => carried.has(name)));
}
