/** Drafts that outlive the page: one per account and image, in this browser. */
import type { Draft } from './types.ts';

export interface StoredDraft {
  readonly draft: Draft;
  /** The version it began from; empty: the original. */
  readonly base: string;
  readonly at: number;
}

const nameOf = (user: string, image: string): string => `vitrine.draft.${user}.${image}`;

export function readDraft(user: string, image: string): StoredDraft | undefined {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(nameOf(user, image)) ?? 'null');
    return isStored(found) ? found : undefined;
  } catch {
    // Switched off, or written by something else.
    return undefined;
  }
}

/** False where the browser keeps nothing: it is full, or storage is switched off. */
export function keepDraft(user: string, image: string, stored: StoredDraft): boolean {
  try {
    localStorage.setItem(nameOf(user, image), JSON.stringify(stored));
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(user: string, image: string): void {
  try {
    localStorage.removeItem(nameOf(user, image));
  } catch {
    // What cannot be stored cannot be there.
  }
}

function isStored(found: unknown): found is StoredDraft {
  if (typeof found !== 'object' || found === null || !('draft' in found) || !('base' in found)) return false;
  const { draft } = found;
  return (
    typeof draft === 'object' && draft !== null && 'steps' in draft && Array.isArray(draft.steps) && 'output' in draft
  );
}
