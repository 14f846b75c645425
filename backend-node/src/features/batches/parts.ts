/** What this feature needs of the gateway. */
import type { LedgerParts } from '../../ledger/job-rows.ts';
import type { Log } from '../../logs.ts';
import type { Processing } from '../../processing/processing.ts';

export interface BatchParts extends LedgerParts {
  readonly processing: Processing;
  readonly log: Log;
  /** Of the dispatcher of this process: what it prepares is given up when it dies. */
  readonly holder: string;
}
