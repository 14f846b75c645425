/** Changes by callers who may have said which revision they read. */
import { GatewayError } from '../errors.ts';
import { retried } from '../store/retry.ts';
import { WriteConflict } from '../store/store.ts';

/** Who told what they read is not tried again with something newer: precondition_failed. Everybody else is. */
export async function guarded<T>(expected: number | undefined, attempt: () => Promise<T>): Promise<T> {
  if (expected === undefined) return retried(attempt);
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof WriteConflict)) throw error;
    const detail = `Expected revision ${expected} as If-Match says, it changed just now`;
    throw new GatewayError('precondition_failed', detail, { cause: error });
  }
}
