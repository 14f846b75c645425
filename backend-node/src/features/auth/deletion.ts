/**
 * An account goes with all it owns. What is left for a while is its id: an upload or a batch that was under way may still
 * write a row for it, which housekeeping then finds.
 */
import { setImmediate } from 'node:timers/promises';
import { ownEntry } from '../../events/journal.ts';
import type { Context } from '../../http/call.ts';
import { now } from '../../ids.ts';
import { leavingAdmin } from '../../store/admins.ts';
import { OWNED } from '../../store/collections.ts';
import { releasing } from '../../store/released.ts';
import { attempted, retried } from '../../store/retry.ts';
import type { Rows, UserRow } from '../../store/rows.ts';
import { every, type Change, type Store } from '../../store/store.ts';
import type { AuthParts } from './parts.ts';

const ROWS_AT_ONCE = 200;

type DeletionParts = Pick<AuthParts, 'store' | 'journal' | 'log'>;

/** Longer than anything runs that began while the account was in use. */
const LINGER_MS = 15 * 60_000;

/** Nobody can use it from then on. Throws invalid_transition for the last administrator. */
export async function deleteAccount(parts: DeletionParts, { who, request }: Context): Promise<void> {
  await retried(async () => {
    const user = await parts.store.get('users', who.id);
    if (!user || user.state === 'deleting') return;
    const turn = await leavingAdmin(parts.store, user);
    const entry = ownEntry({ who, request }, 'account.deleted', user.id);
    await parts.journal.write([...turn, { update: 'users', row: tombstoneOf(user) }], entry);
  });
  await removeRows(parts.store, who.id);
}

/** What a crash cut off, and what was written late; the id itself goes after linger_ms. */
export async function finishDeletions({ store, log }: DeletionParts, linger_ms = LINGER_MS): Promise<void> {
  const before = new Date(Date.now() - linger_ms).toISOString();
  for await (const user of every(store, 'users', { where: { state: 'deleting' } })) {
    if (await removeRows(store, user.id)) log.info({ user: user.id }, 'finished the deletion of an account');
    if (user.deleted_at > before) continue;
    await attempted(store.write([{ remove: 'users', id: user.id, revision: user.revision }]));
  }
}

const tombstoneOf = (user: UserRow): UserRow => ({
  ...user,
  state: 'deleting',
  // No two accounts have the same.
  email: user.id,
  name: '',
  password_hash: '',
  deleted_at: now(),
});

/** Whether there were any. */
async function removeRows(store: Store, owner: string): Promise<boolean> {
  let any = false;
  // From the start again until nothing is found: what was under way may write a row behind us.
  while (await removedAny(store, owner)) any = true;
  return any;
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
