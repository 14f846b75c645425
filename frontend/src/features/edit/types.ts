/** What the parts of the edit page tell each other. */
import type { Operation, Recipe } from '../../lib/data/catalogue.ts';

export type Params = Readonly<Record<string, unknown>>;

export interface DraftStep {
  /** Stays the same while the step moves: for React and for dragging. */
  readonly key: string;
  readonly operation: string;
  readonly params: Params;
  readonly enabled: boolean;
}

export interface Draft {
  readonly steps: readonly DraftStep[];
  readonly output: Params;
}

/** live: while somebody drags; it is one undo step together with the final one. */
export type How = 'live' | 'final';

/**
 * The step whose tool is on the picture now. It is there only while the tool is to be shown: at once where a card with a
 * box, an angle or corners is opened, on "Paint on the picture" for masks. While a mask is painted the page leaves mod+Z
 * and mod+shift+Z to the tool.
 */
export interface Tool {
  readonly step: DraftStep;
  readonly operation: Operation;
  /** The enabled steps before it: what its tool is laid over. */
  readonly before: Recipe;
  readonly change: (params: Params, how: How) => void;
  /** Puts another step in its place (a painted mask), as one undo step. */
  readonly replace: (step: { readonly operation: string; readonly params: Params }) => void;
  readonly close: () => void;
}

/** How a preview was made: what the header Vitrine-Rendered tells. */
export interface Told {
  readonly elapsed_ms: number;
  readonly width: number;
  readonly height: number;
  /** Those that are switched on, in their order. 0 ms: remembered from a preview before. */
  readonly steps: readonly { readonly operation: string; readonly elapsed_ms: number }[];
  /** Sentences for a person. */
  readonly warnings: readonly string[];
}
