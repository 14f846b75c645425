/** What can be done with an import. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { cancelImport, deleteImport, rememberImport, retryImport, type Import } from '../../lib/data/imports.ts';
import { keys } from '../../lib/data/keys.ts';
import { tellProblem, toast } from '../../ui/toast.ts';
import { words } from './words.ts';

export interface Deeds {
  /** Something is on its way to the server. */
  readonly busy: boolean;
  readonly cancel: () => Promise<boolean>;
  readonly retry: () => Promise<boolean>;
  readonly remove: () => Promise<boolean>;
}

export function useDeeds({ id, retryable }: Pick<Import, 'id' | 'retryable'>): Deeds {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  /** Whether it went well; says so where it did not. */
  const told = async (deed: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    try {
      await deed();
      return true;
    } catch (error) {
      // It may have moved on meanwhile: look again.
      void client.invalidateQueries({ queryKey: keys.import(id) });
      tellProblem(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
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
