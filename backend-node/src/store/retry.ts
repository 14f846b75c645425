/** Read, change, write: again from the start where somebody else was faster. */
import { GatewayError } from '../errors.ts';
import type { Collection } from './rows.ts';
import { WriteConflict } from './store.ts';

const MOST_TRIES = 10;
/** Their rows are inserted or refreshed, whichever fits at the time. */
const KEPT_CURRENT: ReadonlySet<Collection> = new Set(['released', 'throttles']);

/** Whoever was told a revision checks it in each attempt: a change of something newer is refused there. */
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

/** Once only. False where somebody was faster: then there is nothing to do, or the next look sees what is there now. */
export async function attempted(write: Promise<void>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof WriteConflict) return false;
    throw error;
  }
}

const conflict = (cause: WriteConflict): GatewayError =>
  new GatewayError('conflict', 'Expected nobody else to change the same thing just now; try again', { cause });
