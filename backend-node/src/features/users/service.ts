/** Accounts, for administrators: rules only. */
import type { UserChange } from '../../contract/users.ts';
import { GatewayError } from '../../errors.ts';
import type { Journal } from '../../events/journal.ts';
import { expectRevision, type Context } from '../../http/call.ts';
import { leavingAdmin } from '../../store/admins.ts';
import { retried } from '../../store/retry.ts';
import type { UserRow } from '../../store/rows.ts';
import type { Change, Page, Position, Store } from '../../store/store.ts';

export interface UsersParts {
  readonly store: Store;
  readonly journal: Journal;
}

export class Users {
  readonly #parts: UsersParts;

  constructor(parts: UsersParts) {
    this.#parts = parts;
  }

  list(limit: number, after: Position | undefined): Promise<Page<UserRow>> {
    return this.#parts.store.find('users', { where: { state: { in: ['active', 'disabled'] } }, limit, after });
  }

  /** Throws not_found, precondition_failed, and invalid_transition where nobody would administer. */
  change(context: Context, id: string, change: UserChange, expected: number | undefined): Promise<UserRow> {
    return retried(async () => {
      const row = await this.#changeable(id);
      expectRevision(row, expected);
      const next: UserRow = { ...row, role: change.role ?? row.role, state: change.state ?? row.state };
      const stays = next.role === 'admin' && next.state === 'active';
      const turn = stays ? [] : await leavingAdmin(this.#parts.store, row);
      const ended = next.state === 'disabled' ? await this.#sessionsOf(id) : [];
      await this.#parts.journal.write([...turn, { update: 'users', row: next }, ...ended], {
        owner: id,
        actor: context.who.id,
        action: 'account.changed',
        target: id,
        details: { role: next.role, state: next.state },
        request: context.request,
      });
      return { ...next, revision: row.revision + 1 };
    });
  }

  async #changeable(id: string): Promise<UserRow> {
    const row = await this.#parts.store.get('users', id);
    if (!row || row.state === 'deleting') throw new GatewayError('not_found', 'Expected an account, found none');
    return row;
  }

  async #sessionsOf(owner: string): Promise<Change[]> {
    const { rows } = await this.#parts.store.find('sessions', { where: { owner }, limit: 500 });
    return rows.map(({ id }) => ({ remove: 'sessions', id }));
  }
}
