/** Things done with a batch or an import, and told where they go wrong. */
import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useState } from 'react';
import { tellProblem } from '../toast.ts';

/** What can be done with either. */
export interface JobDeeds {
  /** Something is on its way to the server. */
  readonly busy: boolean;
  readonly cancel: () => Promise<boolean>;
  readonly remove: () => Promise<boolean>;
}

/** Does it. Whether it went well; says so where it did not. */
export type Told = (deed: () => Promise<unknown>, tell?: (error: unknown) => void) => Promise<boolean>;

/** queryKey: what they are done with. */
export function useTold(queryKey: QueryKey): { readonly busy: boolean; readonly told: Told } {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const told: Told = async (deed, tell = tellProblem) => {
    setBusy(true);
    try {
      await deed();
      return true;
    } catch (error) {
      // It may have moved on meanwhile: look again.
      void client.invalidateQueries({ queryKey });
      tell(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, told };
}
