/** All that the edit page knows while one picture is on it. */
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiProblem } from '../../lib/api/problem.ts';
import { copySteps, useCopiedSteps } from '../../lib/data/copied-steps.ts';
import type { Operation, Recipe } from '../../lib/data/catalogue.ts';
import type { Image } from '../../lib/data/images.ts';
import { defaultsOf, missingIn, pictureToolOf } from '../../params/control-of.ts';
import { tellProblem, toast } from '../../ui/toast.ts';
import { draftOf, newStep, recipeOf } from './draft.ts';
import { isReady, recipeFor, shownSteps, timesOf, type Operations } from './steps.ts';
import { troubleOf, type Trouble } from './trouble.ts';
import type { DraftStep, Told, Tool } from './types.ts';
import type { Drafting } from './use-draft.ts';
import { useChooseVersion, useSaveVersion } from './use-save.ts';
import { words } from './words.ts';

export interface Rendered {
  readonly warnings: readonly string[];
  /** What each step took when it last ran, by key. */
  readonly times: ReadonlyMap<string, number>;
}

export type Bench = ReturnType<typeof useBench>;

export function useBench(image: Image, operations: Operations, drafting: Drafting) {
  const { change } = drafting;
  const draft = drafting.history.now;
  const [openKey, setOpenKey] = useState('');
  const [toolOn, setToolOn] = useState(false);
  const [rendered, setRendered] = useState<Rendered>({ warnings: [], times: new Map() });
  const [trouble, setTrouble] = useState<Trouble>();
  const [isRendering, setRendering] = useState(false);
  const shown = shownSteps(draft, operations);
  const open = draft.steps.find(({ key }) => key === openKey);

  const openStep = (step: DraftStep | undefined) => {
    setOpenKey(step?.key ?? '');
    setToolOn(step !== undefined && opensTool(step, operations));
  };
  const add = (operation: Operation) => {
    const step = newStep(operation.name, defaultsOf(operation.params));
    change({ type: 'add', step });
    openStep(step);
  };
  const put = (recipe: Recipe) => {
    change({ type: 'put', draft: draftOf(recipe) });
    openStep(undefined);
  };
  const hear = (told: Told | undefined, problem: ApiProblem | undefined) => {
    setTrouble(
      troubleOf(
        problem,
        shown.map(({ key }) => key),
      ),
    );
    if (!told) return;
    const times = timesOf(told, shown);
    setRendered((before) => ({ warnings: told.warnings, times: new Map([...before.times, ...times]) }));
  };
  const useGround = (params: Readonly<Record<string, unknown>>) => {
    const grounds = draft.steps.filter(({ operation }) => operations.get(operation)?.params.control === 'backdrop');
    const step = grounds.findLast(({ enabled }) => enabled) ?? grounds.at(-1);
    const operation = [...operations.values()].find((one) => one.params.control === 'backdrop');
    if (step) change({ type: 'params', key: step.key, params: { ...step.params, ...params }, how: 'final' });
    else if (operation)
      change({ type: 'add', step: newStep(operation.name, { ...defaultsOf(operation.params), ...params }) });
  };

  return {
    image,
    operations,
    drafting,
    draft,
    shown,
    open,
    openStep,
    tool: open && toolOn ? toolOf(open, draft.steps, drafting, operations, () => setToolOn(false)) : undefined,
    showTool: () => setToolOn(true),
    add,
    put,
    hear,
    useGround,
    rendered,
    trouble,
    setTrouble,
    isRendering,
    setRendering,
  };
}

/** What is drawn is drawn at once; painting is asked for, unless there is nothing without it. */
function opensTool({ operation, params }: DraftStep, operations: Operations): boolean {
  const known = operations.get(operation);
  if (!known) return false;
  const kind = pictureToolOf(known.params);
  return kind === 'mask' ? missingIn(known.params, params).length > 0 : kind !== undefined;
}

function toolOf(
  step: DraftStep,
  steps: readonly DraftStep[],
  { change }: Drafting,
  operations: Operations,
  close: () => void,
): Tool | undefined {
  const operation = operations.get(step.operation);
  if (!operation) return undefined;
  const before = steps.slice(0, steps.indexOf(step)).filter((one) => one.enabled && isReady(one, operations));
  return {
    step,
    operation,
    before: recipeFor(before, {}),
    change: (params, how) => change({ type: 'params', key: step.key, params, how }),
    replace: (other) => change({ type: 'replace', key: step.key, ...other }),
    close,
  };
}

/** Saving, with the way back. */
export function useSaving({ image, draft, drafting, operations, openStep, setTrouble }: Bench) {
  const save = useSaveVersion(image.id);
  const choose = useChooseVersion(image.id);
  return useMutation({
    mutationFn: async () => {
      const waiting = draft.steps.find((step) => step.enabled && !isReady(step, operations));
      if (waiting) {
        openStep(waiting);
        throw new Error(words.unfinished);
      }
      const before = drafting.base;
      const version = await save.mutateAsync(recipeOf(draft));
      drafting.rebase({ version: version.id, draft });
      setTrouble(undefined);
      const undo = async () => {
        await choose.mutateAsync(before.version);
        drafting.rebase(before);
      };
      toast({ message: words.savedWith(version.number, version.warnings).trim(), undo });
    },
    onError: (error) => {
      const found = troubleOf(
        error,
        draft.steps.map(({ key }) => key),
      );
      setTrouble(found);
      if (found) openStep(draft.steps.find(({ key }) => key === found.key));
      tellProblem(error);
    },
  });
}

/** Steps to and from other pictures. */
export function useCopying({ image, draft, put, drafting }: Bench) {
  const copied = useCopiedSteps();
  const copy = (): boolean => {
    if (draft.steps.length === 0) toast({ message: words.nothingToCopy });
    else copySteps({ from: image.title || image.name, recipe: recipeOf(draft) });
    return draft.steps.length > 0;
  };
  const paste = () => {
    if (!copied) {
      toast({ message: words.nothingToPaste });
      return;
    }
    put(copied.recipe);
    const undo = () => drafting.change({ type: 'undo' });
    toast({ message: words.pasted(copied.recipe.steps.length), undo });
  };
  return { copied, copy, paste };
}
