/** What this feature needs of the gateway. */
import type { BatchWish } from '../../contract/batches.ts';
import type { Journal } from '../../events/journal.ts';
import type { Acting } from '../../http/call.ts';
import type { Log } from '../../logs.ts';
import type { Processing } from '../../processing/processing.ts';
import type { Store } from '../../store/store.ts';

export interface ImportParts {
  readonly store: Store;
  readonly journal: Journal;
  readonly processing: Processing;
  readonly log: Log;
  readonly holder: string;
  /** Begins a batch with this id. Rejects with what is wrong with the wish. */
  readonly startBatch: (context: Acting, wish: BatchWish, id: string) => Promise<unknown>;
}
