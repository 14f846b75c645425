/** What this feature needs of the gateway. */
import type { Settings } from '../../config.ts';
import type { Journal } from '../../events/journal.ts';
import type { Log } from '../../logs.ts';
import type { Processing } from '../../processing/processing.ts';
import type { Store } from '../../store/store.ts';

export interface AuthParts {
  readonly settings: Pick<Settings, 'access_token_s' | 'session_days' | 'registration' | 'origins' | 'trash_days'>;
  readonly secret: string;
  readonly processing: Pick<Processing, 'told'>;
  readonly store: Store;
  readonly journal: Journal;
  readonly log: Log;
}
