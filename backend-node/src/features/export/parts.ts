/** What this feature needs of the gateway. */
import type { Processing } from '../../processing/processing.ts';
import type { Store } from '../../store/store.ts';

export interface ExportParts {
  readonly store: Store;
  readonly processing: Processing;
}
