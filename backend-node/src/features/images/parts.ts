/** What this feature needs of the gateway. */
import type { Entry, Journal } from '../../events/journal.ts';
import type { Context } from '../../http/call.ts';
import type { Processing } from '../../processing/processing.ts';
import type { Store } from '../../store/store.ts';

export interface ImageParts {
  readonly store: Store;
  readonly journal: Journal;
  readonly processing: Processing;
}

/** Who did it, for the journal. */
export const entryOf = (
  { who, request }: Context,
  action: string,
  target: string,
  details: Readonly<Record<string, unknown>> = {},
): Entry => ({ owner: who.id, actor: who.id, action, target, details, request });
