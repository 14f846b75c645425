/** What the earlier routes call a mode, as recipes and as overrides. Pure. */
import type { EnhanceFields } from '../../contract/compat.ts';
import type { RecipeWish } from '../../contract/recipe-wish.ts';

type Doing = Pick<EnhanceFields, 'remove_background' | 'target_size_kb'>;

type Recipe = NonNullable<RecipeWish['recipe']>;

/** Whether the mode alone says what is to be done. */
export const isPlain = ({ remove_background, target_size_kb }: Doing): boolean =>
  !remove_background && target_size_kb === undefined;

/** The mode's recipe with what else is wished: cut out first, on white at the end where it names no ground of its own. */
export function enhanced({ steps, ...rest }: Recipe, doing: Doing): Recipe {
  const has = (operation: string): boolean => steps.some((step) => step.operation === operation);
  const cut = doing.remove_background && !has('remove-background') ? [{ operation: 'remove-background' }] : [];
  const ground = doing.remove_background && !has('background') ? [{ operation: 'background' }] : [];
  const spec = rest['output'];
  const output = { ...(typeof spec === 'object' && spec), ...outputOf(doing) };
  return { ...rest, steps: [...cut, ...steps, ...ground], output };
}

/** The same for recipes that are not known yet: laid over each. */
export const overridesOf = (doing: Doing): Record<string, Record<string, unknown>> => ({
  ...(doing.remove_background && { 'remove-background': {}, background: {} }),
  ...(doing.target_size_kb !== undefined && { output: outputOf(doing) }),
});

/** A least size that the mode asks for gives way. */
const outputOf = ({ target_size_kb }: Doing): Record<string, unknown> =>
  target_size_kb === undefined ? {} : { max_bytes: target_size_kb * 1000, min_bytes: null };
