import { copySteps, useCopiedSteps } from '../../lib/data/copied-steps.ts';
import { toast } from '../../ui/toast.ts';
import { recipeOf } from './draft.ts';
import { forOthers } from './for-others.ts';
import type { Bench } from './use-bench.ts';
import { words } from './words.ts';

export type Copying = ReturnType<typeof useCopying>;

/** Steps to and from other pictures. */
export function useCopying({ image, draft, operations, put }: Bench) {
  const copied = useCopiedSteps();
  const others = forOthers(draft, operations);
  /** As others can run them. */
  const recipe = recipeOf(others.draft);
  const copy = (): boolean => {
    if (draft.steps.length === 0) toast({ message: words.nothingToCopy });
    else copySteps({ from: image.title || image.name, recipe });
    return draft.steps.length > 0;
  };
  const notes = others.reminders.map((reminder) => words.reminders.copy[reminder]);
  const copyAndTell = () => {
    if (copy()) toast({ message: [words.copied(draft.steps.length), ...notes].join(' ') });
  };
  const paste = () => {
    if (!copied) {
      toast({ message: words.nothingToPaste });
      return;
    }
    toast({ message: words.pasted(copied.recipe.steps.length), undo: put(copied.recipe) });
  };
  return { copied, recipe, reminders: others.reminders, notes, copy, copyAndTell, paste };
}
