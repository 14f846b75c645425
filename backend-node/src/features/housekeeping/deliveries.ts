/** What webhooks were told goes after a while: it is kept to find out why one did not arrive. */
import { setImmediate } from 'node:timers/promises';
import { encodeTime } from 'ulid';
import { attempted } from '../../store/retry.ts';
import type { Store } from '../../store/store.ts';
import type { Chore } from './chore.ts';

const KEPT_MS = 30 * 86_400_000;
const AT_ONCE = 100;
const TIME_CHARS = 10;

export const removeOldDeliveries = (store: Store): Chore => ({
  name: 'remove old deliveries',
  run: async (signal) => {
    // Ids sort by the time they were made.
    const where = { id: { to: encodeTime(Date.now() - KEPT_MS, TIME_CHARS) } };
    let done = 0;
    for (let some = AT_ONCE; some === AT_ONCE && !signal.aborted; done += some) {
      const { rows } = await store.findFields('deliveries', [], { where, limit: AT_ONCE });
      for (const { id } of rows) await attempted(store.write([{ remove: 'deliveries', id }]));
      some = rows.length;
      // Others are served in between.
      await setImmediate();
    }
    return done;
  },
});
