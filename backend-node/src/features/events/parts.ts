/** What this feature needs of the gateway. */
import type { Journal } from '../../events/journal.ts';
import type { Log } from '../../logs.ts';
import type { Store } from '../../store/store.ts';

export interface EventParts {
  readonly store: Store;
  readonly journal: Journal;
  readonly log: Log;
  /** Aborted once the gateway is to end: streams would keep it open for ever. */
  readonly ending?: AbortSignal;
  readonly pace?: Pace;
}

export interface Pace {
  /** How often the line shows that it is open, and it is asked whether it may stay so. */
  readonly beat_ms: number;
  /** How long a reader may take nothing. */
  readonly patience_ms: number;
}
