/** Steps somebody copied from one picture, to paste them on others: for this account, over pages and tabs. */
import { External, useExternal } from '../api/external.ts';
import { session } from '../api/session.ts';
import type { Recipe } from './catalogue.ts';

export interface CopiedSteps {
  /** Name of the picture they are from. */
  readonly from: string;
  readonly recipe: Recipe;
}

const nameOf = (): string => {
  const now = session.get();
  return `vitrine.copied-steps.${now.status === 'in' ? now.user.id : ''}`;
};

const copied = new External<CopiedSteps | undefined>(undefined);

export function copySteps(steps: CopiedSteps): void {
  copied.set(steps);
  try {
    localStorage.setItem(nameOf(), JSON.stringify(steps));
  } catch {
    // Full or switched off: it lasts as long as the tab.
  }
}

/** undefined where nothing was copied. */
export function useCopiedSteps(): CopiedSteps | undefined {
  return useExternal(copied) ?? stored();
}

function stored(): CopiedSteps | undefined {
  try {
    return (JSON.parse(localStorage.getItem(nameOf()) ?? 'null') as CopiedSteps | null) ?? undefined;
  } catch {
    return undefined;
  }
}
