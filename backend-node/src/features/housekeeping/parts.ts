/** What this feature needs of the gateway. */
import type { Settings } from '../../config.ts';
import type { Journal } from '../../events/journal.ts';
import type { Log } from '../../logs.ts';
import type { Processing } from '../../processing/processing.ts';
import type { Store } from '../../store/store.ts';

export interface HouseParts {
  readonly settings: Pick<Settings, 'trash_days'>;
  readonly store: Store;
  readonly journal: Journal;
  readonly processing: Processing;
  readonly log: Log;
}
