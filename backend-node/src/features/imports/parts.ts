/** What this feature needs of the gateway. */
import type { BatchWish } from '../../contract/batches.ts';
import type { Acting } from '../../http/call.ts';
import type { LedgerParts } from '../../ledger/job-rows.ts';
import type { Log } from '../../logs.ts';
import type { Processing } from '../../processing/processing.ts';

export interface ImportParts extends LedgerParts {
  readonly processing: Processing;
  readonly log: Log;
  readonly holder: string;
  /** Begins a batch with this id. Rejects with what is wrong with the wish. */
  readonly startBatch: (context: Acting, wish: BatchWish, id: string) => Promise<unknown>;
}
