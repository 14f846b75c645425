/** Rows that have an end, some time after it. */
import { setImmediate } from 'node:timers/promises';
import { attempted } from '../../store/retry.ts';
import type { Store } from '../../store/store.ts';
import type { Chore } from './chore.ts';

const DAY_MS = 86_400_000;
const AT_ONCE = 100;

/** How long each is kept beyond its end: somebody may still want to see that a link has ended. */
const KEPT_MS = { sessions: 0, throttles: 0, idempotency: 0, shares: 30 * DAY_MS } as const;
type Ending = keyof typeof KEPT_MS;
const ENDING: readonly Ending[] = ['sessions', 'throttles', 'idempotency', 'shares'];

export const removeExpired = (store: Store): Chore => ({
  name: 'remove what has expired',
  run: async (signal) => {
    let done = 0;
    for (const collection of ENDING) {
      const before = new Date(Date.now() - KEPT_MS[collection]).toISOString();
      for (let some = AT_ONCE; some === AT_ONCE && !signal.aborted; done += some) {
        some = await removeSome(store, collection, before);
        // Others are served in between.
        await setImmediate();
      }
    }
    return done;
  },
});

async function removeSome(store: Store, collection: Ending, before: string): Promise<number> {
  const where = { expires_at: { to: before } };
  const { rows } = await store.find(collection, { where, order: ['expires_at', 'asc'], limit: AT_ONCE });
  const changes = rows.map(({ id, revision }) => ({ remove: collection, id, revision }) as const);
  if (rows.length > 0 && !(await attempted(store.write(changes)))) {
    // One of them was used again, or another gateway tidies up too.
    for (const change of changes) await attempted(store.write([change]));
  }
  return rows.length;
}
