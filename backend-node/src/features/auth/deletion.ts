/** An account goes with all it owns: first nobody can use it any more, then its rows go, and the account itself last. */
import { setImmediate } from 'node:timers/promises';
import { ownEntry } from '../../events/journal.ts';
import type { Context } from '../../http/call.ts';
import { leavingAdmin } from '../../store/admins.ts';
import { OWNED } from '../../store/collections.ts';
import { releasing } from '../../store/released.ts';
import { attempted, retried } from '../../store/retry.ts';
import type { Rows, UserRow } from '../../store/rows.ts';
import { every, type Change, type Store } from '../../store/store.ts';
import type { AuthParts } from './parts.ts';

const ROWS_AT_ONCE = 200;

type DeletionParts = Pick<AuthParts, 'store' | 'journal' | 'log'>;

/** Throws invalid_transition for the last administrator. */
export async function deleteAccount(parts: DeletionParts, { who, request }: Context): Promise<void> {
  const leaving = await retried(async () => {
    const user = await parts.store.get('users', who.id);
    if (!user || user.state === 'deleting') return undefined;
    const row = { ...user, state: 'deleting' } as const;
    const turn = await leavingAdmin(parts.store, user);
    await parts.journal.write([...turn, { update: 'users', row }], entryOf(user, 'account.deletion_started', request));
    return row;
  });
  if (leaving) await finish(parts, leaving, request);
}

/** Deletions that a crash cut off. */
export async function finishDeletions(parts: DeletionParts): Promise<void> {
  for await (const user of every(parts.store, 'users', { where: { state: 'deleting' } })) {
    parts.log.info({ user: user.id }, 'finishing the deletion of an account');
    await finish(parts, user, '');
  }
}

async function finish({ store, journal }: DeletionParts, user: UserRow, request: string): Promise<void> {
  // Again from the start until nothing is found: an upload that had begun may still have ended.
  while (await removedAny(store, user.id));
  // The request and housekeeping may both finish it.
  await attempted(journal.write([{ remove: 'users', id: user.id }], entryOf(user, 'account.deleted', request)));
}

async function removedAny(store: Store, owner: string): Promise<boolean> {
  let any = false;
  for (const collection of OWNED) {
    while (await retried(() => removedSome(store, collection, owner))) {
      any = true;
      await setImmediate();
    }
  }
  return any;
}

/** In small writes: others are served in between. */
async function removedSome(store: Store, collection: (typeof OWNED)[number], owner: string): Promise<boolean> {
  const { rows } = await store.find(collection, { where: { owner }, limit: ROWS_AT_ONCE });
  if (rows.length === 0) return false;
  const changes = rows.map(({ id }): Change => ({ remove: collection, id }));
  await store.write([...changes, ...(await releasing(store, rows.flatMap(blobsOf)))]);
  return true;
}

const blobsOf = (row: Rows[(typeof OWNED)[number]]): readonly string[] => ('blobs' in row ? row.blobs : []);

const entryOf = (user: UserRow, action: string, request: string) => ownEntry({ who: user, request }, action, user.id);
