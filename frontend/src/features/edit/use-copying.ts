import { copySteps, useCopiedSteps } from '../../lib/data/copied-steps.ts';
import { toast } from '../../ui/toast.ts';
import { recipeOf } from './draft.ts';
import type { Bench } from './use-bench.ts';
import { words } from './words.ts';

export type Copying = ReturnType<typeof useCopying>;

/** Steps to and from other pictures. */
export function useCopying({ image, draft, put }: Bench) {
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
    toast({ message: words.pasted(copied.recipe.steps.length), undo: put(copied.recipe) });
  };
  return { copied, copy, paste };
}
