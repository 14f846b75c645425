/** Read, change, write: again from the start where somebody else was faster. */
import { GatewayError } from '../errors.ts';
import type { Collection } from './rows.ts';
import { WriteConflict } from './store.ts';

const MOST_TRIES = 10;
/** Their rows are inserted or refreshed, whichever fits at the time. */
const KEPT_CURRENT: ReadonlySet<Collection> = new Set(['released', 'throttles']);

/** For changes that hold whatever the row was before. A caller that sent If-Match must not be retried: it checks itself. */
export async function retried<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof WriteConflict)) throw error;
      const lasting = error.kind === 'duplicate' && !KEPT_CURRENT.has(error.collection);
      if (lasting || tries >= MOST_TRIES) throw conflict(error);
    }
  }
}

const conflict = (cause: WriteConflict): GatewayError =>
  new GatewayError('conflict', 'Expected nobody else to change the same thing just now; try again', { cause });
