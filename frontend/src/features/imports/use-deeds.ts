/** What can be done with an import. */
import { useQueryClient } from '@tanstack/react-query';
import { cancelImport, deleteImport, rememberImport, retryImport, type Import } from '../../lib/data/imports.ts';
import { keys } from '../../lib/data/keys.ts';
import { useTold, type JobDeeds } from '../../ui/job/use-told.ts';
import { toast } from '../../ui/toast.ts';
import { words } from './words.ts';

export interface Deeds extends JobDeeds {
  readonly retry: () => Promise<boolean>;
}

export function useDeeds({ id, retryable }: Pick<Import, 'id' | 'retryable'>): Deeds {
  const client = useQueryClient();
  const { busy, told } = useTold(keys.import(id));
  return {
    busy,
    cancel: () => told(async () => rememberImport(client, await cancelImport(id))),
    retry: () =>
      told(async () => {
        rememberImport(client, await retryImport(id));
        toast({ message: words.page.retrying(retryable) });
      }),
    remove: () =>
      told(async () => {
        await deleteImport(id);
        toast({ message: words.page.removed });
        void client.invalidateQueries({ queryKey: keys.imports() });
      }),
  };
}
