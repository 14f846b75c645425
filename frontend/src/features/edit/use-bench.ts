/** All that the edit page knows while one picture is on it. */
import { useCallback, useState } from 'react';
import type { ApiProblem } from '../../lib/api/problem.ts';
import type { Operation, Recipe } from '../../lib/data/catalogue.ts';
import type { Image } from '../../lib/data/images.ts';
import { defaultsOf } from '../../params/control-of.ts';
import { draftOf, newStep } from './draft.ts';
import { shownSteps, timesOf, type Operations } from './steps.ts';
import { troubleOf, type Trouble } from './trouble.ts';
import type { Draft, DraftStep, Params, Told } from './types.ts';
import type { Drafting } from './use-draft.ts';
import { useOpenStep } from './use-open-step.ts';

export type Bench = ReturnType<typeof useBench>;

export function useBench(image: Image, operations: Operations, drafting: Drafting) {
  const { change } = drafting;
  const draft = drafting.history.now;
  const shown = shownSteps(draft, operations);
  const opening = useOpenStep(drafting, operations);
  const hearing = useHearing(shown);
  const { openStep } = opening;
  const add = useCallback(
    (operation: Operation) => {
      const step = newStep(operation.name, defaultsOf(operation.params));
      change({ type: 'add', step });
      openStep(step);
    },
    [change, openStep],
  );
  /** Gives the way back to the steps before. */
  const put = (recipe: Recipe) => {
    change({ type: 'put', draft: draftOf(recipe) });
    openStep(undefined);
    return () => change({ type: 'put', draft });
  };
  const putGround = (params: Params) => change(groundChange(draft, operations, params));
  return { image, operations, drafting, draft, shown, ...opening, ...hearing, add, put, putGround };
}

/** What the stage tells of its previews. */
function useHearing(shown: readonly DraftStep[]) {
  const [warnings, setWarnings] = useState<readonly string[]>([]);
  const [times, setTimes] = useState<ReadonlyMap<string, number>>(new Map());
  const [trouble, setTrouble] = useState<Trouble>();
  const [isRendering, setRendering] = useState(false);
  const hear = (told: Told | undefined, problem: ApiProblem | undefined) => {
    const keys = shown.map(({ key }) => key);
    setTrouble(troubleOf(problem, keys));
    if (!told) return;
    setWarnings(told.warnings);
    setTimes((before) => new Map([...before, ...timesOf(told, shown)]));
  };
  return { warnings, times, trouble, setTrouble, isRendering, setRendering, hear };
}

/** The last step with a ground gets it; where there is none, one is added. */
function groundChange({ steps }: Draft, operations: Operations, params: Params) {
  const grounds = steps.filter(({ operation }) => operations.get(operation)?.params.control === 'backdrop');
  const step = grounds.findLast(({ enabled }) => enabled) ?? grounds.at(-1);
  if (step) return { type: 'params', key: step.key, params: { ...step.params, ...params }, how: 'final' } as const;
  const operation = [...operations.values()].find((one) => one.params.control === 'backdrop');
  const standard = operation ? defaultsOf(operation.params) : {};
  return { type: 'add', step: newStep(operation?.name ?? '', { ...standard, ...params }) } as const;
}
