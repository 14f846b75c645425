/** What this feature needs of the gateway. */
import type { Journal } from '../../events/journal.ts';
import type { Store } from '../../store/store.ts';

export interface AuditParts {
  readonly store: Store;
  readonly journal: Journal;
}
