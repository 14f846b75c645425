/** The steps of one picture, made ready for others: what was painted on this one fits no other. Pure. */
import type { Operation } from '../../lib/data/catalogue.ts';
import { defaultsOf, type Params } from '../../params/control-of.ts';
import { paramOf } from './stage/tools/kind.ts';
import type { Operations } from './steps.ts';
import type { Draft, DraftStep } from './types.ts';

/** What people should know: a mask was left behind, or a frame set on this picture is the same on all. */
export type Reminder = 'mask' | 'box' | 'corners';

export interface ForOthers {
  readonly draft: Draft;
  readonly reminders: readonly Reminder[];
}

export function forOthers(draft: Draft, operations: Operations): ForOthers {
  const steps = draft.steps.map((step) => looking(step, operations));
  const isPainted = steps.some((step, index) => step !== draft.steps[index]);
  const framing = (['box', 'corners'] as const).filter((kind) =>
    steps.some(({ enabled, operation }) => enabled && isSetBy(kind, operations.get(operation))),
  );
  return { draft: { ...draft, steps }, reminders: isPainted ? ['mask', ...framing] : framing };
}

/** The step; where it holds a mask, the one that finds the product by itself. */
function looking(step: DraftStep, operations: Operations): DraftStep {
  const painter = operations.get(step.operation);
  if (!painter || paramOf(painter, 'mask') === undefined) return step;
  const finder = [...operations.values()].find(({ painted_by }) => painted_by === painter.name);
  if (!finder) return step;
  return {
    ...step,
    operation: finder.name,
    params: { ...defaultsOf(finder.params), ...shared(step, painter, finder) },
  };
}

/** What is set of the parameters that both have, except the mask. */
function shared({ params }: DraftStep, painter: Operation, finder: Operation): Params {
  const known = finder.params.properties ?? {};
  const mask = paramOf(painter, 'mask');
  return Object.fromEntries(Object.entries(params).filter(([name]) => name !== mask && name in known));
}

function isSetBy(kind: 'box' | 'corners', operation: Operation | undefined): boolean {
  if (!operation) return false;
  return kind === 'box' ? operation.params.control === 'box' : paramOf(operation, kind) !== undefined;
}
