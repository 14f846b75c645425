import { useMutation } from '@tanstack/react-query';
import { tellProblem, toast } from '../../ui/toast.ts';
import { recipeOf } from './draft.ts';
import { isReady } from './steps.ts';
import { troubleOf } from './trouble.ts';
import type { Bench } from './use-bench.ts';
import { useChooseVersion, useSaveVersion } from './use-save.ts';
import { words } from './words.ts';

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
      toast({ message: words.saved(version.number, version.warnings).trim(), undo });
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
