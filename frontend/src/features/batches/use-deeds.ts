/** What can be done with a batch. */
import { useQueryClient } from '@tanstack/react-query';
import { isProblem } from '../../lib/api/problem.ts';
import {
  cancelBatch,
  deleteBatch,
  pauseBatch,
  rememberBatch,
  resumeBatch,
  retryBatch,
  type Batch,
} from '../../lib/data/batches.ts';
import { keys } from '../../lib/data/keys.ts';
import { useTold, type JobDeeds } from '../../ui/job/use-told.ts';
import { tellProblem, toast } from '../../ui/toast.ts';
import { words } from './words.ts';

export interface Deeds extends JobDeeds {
  readonly pause: () => void;
  readonly resume: () => void;
  readonly retry: () => void;
}

export function useDeeds({ id, name, retryable }: Pick<Batch, 'id' | 'name' | 'retryable'>): Deeds {
  const client = useQueryClient();
  const { busy, told } = useTold(keys.batch(id));
  const change =
    (deed: (id: string) => Promise<Batch>, tell = tellProblem) =>
    () =>
      told(async () => rememberBatch(client, await deed(id)), tell);
  const retry = async (): Promise<void> => {
    if (await change(retryBatch, tellNoRetry)()) toast({ message: words.retrying(retryable) });
  };
  return {
    busy,
    pause: () => void change(pauseBatch)(),
    resume: () => void change(resumeBatch)(),
    cancel: change(cancelBatch),
    retry: () => void retry(),
    remove: () =>
      told(async () => {
        await deleteBatch(id);
        toast({ message: words.removed(name) });
        void client.invalidateQueries({ queryKey: keys.batches() });
      }),
  };
}

/** What the server refused before it began would only be refused again: it does not take it once more. */
function tellNoRetry(error: unknown): void {
  if (isProblem(error, 'invalid_transition')) toast({ message: words.noRetry, tone: 'bad' });
  else tellProblem(error);
}
