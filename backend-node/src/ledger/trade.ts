/** What the ledger knows of the work itself: nothing but how to have it done, and how it went. */
import type { Asking } from '../processing/processing.ts';
import type { ItemRow, JobRow } from '../store/rows.ts';
import type { Change } from '../store/store.ts';

/** What is written with an item that is done. */
export interface Done {
  readonly changes: readonly Change[];
  readonly fields: Partial<Pick<ItemRow, 'image' | 'review_state' | 'outcome'>>;
}

/** How an item went. */
export type Outcome =
  | {
      readonly item: ItemRow;
      /** Asked for each attempt to write: rows may have changed. Throws GatewayError where it cannot be kept after all. */
      readonly done: () => Promise<Done>;
    }
  | {
      readonly item: ItemRow;
      readonly problem: { readonly code: string; readonly detail: string };
      /** Whether the same item may go better later. */
      readonly retry: boolean;
    };

/** One kind of job. */
export interface Trade {
  readonly kind: JobRow['kind'];
  /** So many items are given out together, at least and at most, and so many lots at once. */
  readonly lot: { readonly least: number; readonly most: number; readonly lots: number };
  /**
   * Works on items of a job and tells of each as it is over, in any order. Those it does not tell of were not done.
   * Rejects with what keeps all of them from being done at present.
   */
  work(job: JobRow, items: readonly ItemRow[], asking: Asking): AsyncGenerator<Outcome>;
  /** Before a job ends; may be asked twice. */
  beforeEnd?(job: JobRow, asking: Asking): Promise<void>;
}

/** What holds up everybody, and passes: no item is to blame for it. */
const PASSING: ReadonlySet<string> = new Set([
  'storage_full',
  'storage_unavailable',
  'store_unavailable',
  'processing_unavailable',
  'cluster_unavailable',
  'model_unavailable',
  'too_busy',
]);

export const isPassing = (code: string): boolean => PASSING.has(code);
