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

/** And under which name: the next account of this tab does not find them. */
const copied = new External<{ readonly name: string; readonly steps: CopiedSteps } | undefined>(undefined);

export function copySteps(steps: CopiedSteps): void {
  const name = nameOf();
  copied.set({ name, steps });
  try {
    localStorage.setItem(name, JSON.stringify(steps));
  } catch {
    // Full or switched off: it lasts as long as the tab.
  }
}

/** undefined where nothing was copied. */
export function useCopiedSteps(): CopiedSteps | undefined {
  const name = nameOf();
  const here = useExternal(copied);
  return here?.name === name ? here.steps : stored(name);
}

function stored(name: string): CopiedSteps | undefined {
  try {
    return (JSON.parse(localStorage.getItem(name) ?? 'null') as CopiedSteps | null) ?? undefined;
  } catch {
    return undefined;
  }
}
