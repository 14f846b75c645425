/** A new password for somebody who forgot theirs, set by whoever runs the gateway. */
import { GatewayError } from '../../errors.ts';
import type { Entry } from '../../events/journal.ts';
import { attempted, retried } from '../../store/retry.ts';
import type { UserRow } from '../../store/rows.ts';
import { first, type Store } from '../../store/store.ts';
import { expectGoodPassword } from './common-passwords.ts';
import type { AuthParts } from './parts.ts';
import { hashPassword } from './passwords.ts';
import { removal } from './sessions.ts';

type ResetParts = Pick<AuthParts, 'store' | 'journal'>;

/** Ends all sessions of the account. Throws not_found, invalid_request. */
export async function resetPassword(parts: ResetParts, email: string, wanted: string): Promise<void> {
  await accountOf(parts.store, email);
  expectGoodPassword(wanted, email);
  const password_hash = await hashPassword(wanted);
  const user = await retried(async () => {
    const row = { ...(await accountOf(parts.store, email)), password_hash };
    const sessions = await sessionsOf(parts.store, row);
    await parts.journal.write(
      [{ update: 'users', row }, ...removal(sessions)],
      entryOf(row, 'account.password_reset', row.id),
    );
    return row;
  });
  // One opened with the old password between looking and writing.
  for (const late of await sessionsOf(parts.store, user)) {
    await attempted(parts.journal.write(removal([late]), entryOf(user, 'session.ended', late.id)));
  }
}

async function accountOf(store: Store, email: string): Promise<UserRow> {
  const user = await first(store, 'users', { where: { email } });
  if (user && user.state !== 'deleting') return user;
  throw new GatewayError('not_found', `Expected an email address that has an account, received ${email}`);
}

const sessionsOf = async (store: Store, { id }: UserRow) =>
  (await store.find('sessions', { where: { owner: id }, limit: 500 })).rows;

/** Nobody of the gateway's did it. */
const entryOf = (user: UserRow, action: string, target: string): Entry => ({
  owner: user.id,
  actor: '',
  action,
  target,
  request: '',
});
