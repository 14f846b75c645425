/** What the compatibility routes need of the gateway. */
import type { Settings } from '../../config.ts';
import type { Who } from '../../http/call.ts';
import type { Log } from '../../logs.ts';
import type { Processing } from '../../processing/processing.ts';
import type { Store } from '../../store/store.ts';

export interface CompatParts {
  readonly settings: Settings;
  /** Signs the links to results. */
  readonly secret: string;
  readonly store: Store;
  readonly processing: Processing;
  readonly log: Log;
  /** Whose key or token it is. Rejects with unauthorized. */
  readonly verify: (credential: string) => Promise<Who>;
}
