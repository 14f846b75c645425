/** What taking pictures in needs of the gateway. */
import type { Journal } from '../events/journal.ts';
import type { Processing } from '../processing/processing.ts';
import type { Store } from '../store/store.ts';

export interface IntakeParts {
  readonly store: Store;
  readonly journal: Journal;
  readonly processing: Processing;
}
