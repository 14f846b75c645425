/** Pictures that were in the trash long enough go for good. */
import { setImmediate } from 'node:timers/promises';
import { purgeChanges } from '../../store/purge.ts';
import { attempted } from '../../store/retry.ts';
import type { ImageRow } from '../../store/rows.ts';
import { every } from '../../store/store.ts';
import type { Chore } from './chore.ts';
import type { HouseParts } from './parts.ts';

const DAY_MS = 86_400_000;

export const emptyTrash = ({
  settings,
  store,
  journal,
}: Pick<HouseParts, 'settings' | 'store' | 'journal'>): Chore => ({
  name: 'empty the trash',
  run: async (signal) => {
    const before = new Date(Date.now() - settings.trash_days * DAY_MS).toISOString();
    const where = { state: 'trashed', trashed_at: { to: before } } as const;
    let done = 0;
    for await (const image of every(store, 'images', { where, order: ['trashed_at', 'asc'] })) {
      if (signal.aborted) break;
      if (await purged({ store, journal }, image)) done += 1;
      // Others are served in between.
      await setImmediate();
    }
    return done;
  },
});

/** False where somebody took it out of the trash just now, or removed it. */
async function purged({ store, journal }: Pick<HouseParts, 'store' | 'journal'>, image: ImageRow): Promise<boolean> {
  const entry = { owner: image.owner, actor: '', action: 'image.purged', target: image.id, request: '' };
  return attempted(journal.write(await purgeChanges(store, image), entry));
}
