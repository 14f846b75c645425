/** Who administers: the first account, and never nobody. Changes of it take turns, by a row that each of them updates. */
import { GatewayError } from '../errors.ts';
import type { UserRow } from './rows.ts';
import type { Change, Store } from './store.ts';

const TURN = 'admins';
const NEVER = '9999-12-31T23:59:59.999Z';

/** Ask for it before looking, and write it with the change: of two that looked at the same, one meets a WriteConflict. */
export async function adminsTurn(store: Store): Promise<Change> {
  const row = await store.get('throttles', TURN);
  if (row) return { update: 'throttles', row };
  return { insert: 'throttles', row: { id: TURN, failures: 0, blocked_until: '', expires_at: NEVER } };
}

/** What a change must write too where this account stops to administer. Throws invalid_transition where nobody else does. */
export async function leavingAdmin(store: Store, user: UserRow): Promise<readonly Change[]> {
  if (user.role !== 'admin' || user.state !== 'active') return [];
  const turn = await adminsTurn(store);
  const { rows } = await store.find('users', { where: { role: 'admin', state: 'active' }, limit: 2 });
  if (rows.some(({ id }) => id !== user.id)) return [turn];
  throw new GatewayError('invalid_transition', 'Expected another active administrator to remain, found none');
}
