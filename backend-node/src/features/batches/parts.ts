/** What this feature needs of the gateway. */
import type { Journal } from '../../events/journal.ts';
import type { Log } from '../../logs.ts';
import type { Processing } from '../../processing/processing.ts';
import type { Store } from '../../store/store.ts';

export interface BatchParts {
  readonly store: Store;
  readonly journal: Journal;
  readonly processing: Processing;
  readonly log: Log;
  /** Of the dispatcher of this process: what it prepares is given up when it dies. */
  readonly holder: string;
}
