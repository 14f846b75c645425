/** Steps of a draft, seen with the catalogue of operations. Pure. */
import { titleOf, type Operation, type ParamSchema, type ParamsSchema, type Recipe } from '../../lib/data/catalogue.ts';
import { innerOf, kindOf, missingIn, sameValue, type Params } from '../../params/control-of.ts';
import { choiceLabel, labelOf } from '../../params/labels.ts';
import type { Draft, DraftStep, Told } from './types.ts';
import { words } from './words.ts';

export type Operations = ReadonlyMap<string, Operation>;

export const byName = (items: readonly Operation[]): Operations => new Map(items.map((one) => [one.name, one]));

/** Whether a step has all that it needs to run. */
export function isReady({ operation, params }: DraftStep, operations: Operations): boolean {
  const known = operations.get(operation);
  return !known || missingIn(known.params, params).length === 0;
}

/** What can be shown of a draft now: what is switched on and not waiting for something. */
export const shownSteps = ({ steps }: Draft, operations: Operations): readonly DraftStep[] =>
  steps.filter((step) => step.enabled && isReady(step, operations));

export const recipeFor = (steps: readonly DraftStep[], output: Params): Recipe => ({
  steps: steps.map(({ operation, params }) => ({ operation, params })),
  output,
});

/** What each step took, by key. What was remembered from before tells nothing new. */
export function timesOf(told: Told, steps: readonly DraftStep[]): ReadonlyMap<string, number> {
  const left = [...told.steps];
  const times = new Map<string, number>();
  for (const { key, operation } of steps) {
    // Some may have been left out, for the look of it.
    if (left[0]?.operation !== operation) continue;
    const elapsed_ms = left.shift()?.elapsed_ms ?? 0;
    if (elapsed_ms > 0) times.set(key, elapsed_ms);
  }
  return times;
}

const MOST_TOLD = 3;

/** 'Brightness 1.2, Contrast 0.9': what differs from the defaults. */
export function digestOf({ properties = {} }: ParamsSchema, values: Params): string {
  const changed = Object.entries(properties).filter(
    ([name, schema]) => values[name] !== undefined && !sameValue(values[name], schema.default),
  );
  const told = changed.map(([name, schema]) => `${labelOf(name, schema)} ${valueText(schema, values[name])}`);
  return told.slice(0, MOST_TOLD).join(', ') + (told.length > MOST_TOLD ? ' …' : '');
}

function valueText(schema: ParamSchema, value: unknown): string {
  const kind = kindOf(innerOf(schema) ?? schema);
  if (kind === 'blob' || kind === 'mask' || kind === 'corners') return words.step.set[kind];
  if (typeof value === 'boolean') return value ? words.step.yes : words.step.no;
  if (typeof value === 'number') return `${Number(value.toFixed(2))} ${schema.unit ?? ''}`.trim();
  if (typeof value !== 'string') return '';
  return kind === 'segments' || kind === 'select' ? choiceLabel(value).toLocaleLowerCase() : value;
}

export const stepTitle = (operation: string, operations: Operations): string =>
  titleOf(operations.get(operation) ?? { name: operation });
