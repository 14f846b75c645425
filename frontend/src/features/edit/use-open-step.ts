/** Which step is unfolded, and whether its tool is on the picture. */
import { useCallback, useState } from 'react';
import { missingIn, pictureToolOf } from '../../params/control-of.ts';
import { toast } from '../../ui/toast.ts';
import { isReady, recipeFor, type Operations } from './steps.ts';
import type { DraftStep, Tool } from './types.ts';
import type { Drafting } from './use-draft.ts';
import { words } from './words.ts';

export function useOpenStep(drafting: Drafting, operations: Operations) {
  const { steps } = drafting.history.now;
  const [openKey, setOpenKey] = useState('');
  const [isToolOn, setToolOn] = useState(false);
  const open = steps.find(({ key }) => key === openKey);
  const openStep = useCallback(
    (step: DraftStep | undefined) => {
      setOpenKey(step?.key ?? '');
      setToolOn(step !== undefined && opensTool(step, operations));
    },
    [operations],
  );
  const tool = open && isToolOn ? toolOf(open, steps, drafting, operations, () => setToolOn(false)) : undefined;
  return { open, openStep, tool, showTool: () => setToolOn(true) };
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
    replace: (other) => {
      // What was painted was painted on the whole photo: it is cut out before anything moves it.
      const first = before.some((one) => operations.get(one.operation)?.moves === true);
      change({ type: 'replace', key: step.key, ...other, first });
      if (first) toast({ message: words.step.movedFirst });
    },
    close,
  };
}
