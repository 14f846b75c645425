/** One's own account: rules only. */
import { notFound } from '../../errors.ts';
import { ownEntry } from '../../events/journal.ts';
import { expectRevision, type Context } from '../../http/call.ts';
import { owned } from '../../store/owned.ts';
import { retried } from '../../store/retry.ts';
import type { SessionRow, UserRow } from '../../store/rows.ts';
import { expectGoodPassword } from './common-passwords.ts';
import type { AuthParts } from './parts.ts';
import { hashPassword } from './passwords.ts';
import { removal, type Sessions } from './sessions.ts';
import type { SignIn } from './sign-in.ts';

export class Account {
  readonly #parts: AuthParts;
  readonly #sessions: Sessions;
  readonly #signIn: SignIn;

  constructor(parts: AuthParts, sessions: Sessions, signIn: SignIn) {
    this.#parts = parts;
    this.#sessions = sessions;
    this.#signIn = signIn;
  }

  async of({ who }: Pick<Context, 'who'>): Promise<UserRow> {
    const row = await this.#parts.store.get('users', who.id);
    if (!row) throw notFound('an account');
    return row;
  }

  /** Throws precondition_failed. */
  rename(context: Context, name: string, expected: number | undefined): Promise<UserRow> {
    return retried(async () => {
      const row = await this.of(context);
      expectRevision(row, expected);
      const next = { ...row, name };
      await this.#parts.journal.write([{ update: 'users', row: next }], entryOf(context, 'account.renamed'));
      return { ...next, revision: row.revision + 1 };
    });
  }

  /** Ends all other sessions. Throws wrong_credentials, invalid_request, too_many_requests, too_busy. */
  async changePassword(context: Context, current: string, wanted: string, address: string): Promise<void> {
    const user = await this.of(context);
    await this.#signIn.expectPassword(user, current, address);
    expectGoodPassword(wanted, user.email);
    const password_hash = await hashPassword(wanted);
    await retried(async () => {
      const row = { ...(await this.of(context)), password_hash };
      const changes = [{ update: 'users', row } as const, ...removal(await this.#others(context))];
      await this.#parts.journal.write(changes, entryOf(context, 'account.password_changed'));
    });
    // One opened with the old password between looking and writing.
    for (const late of await this.#others(context)) await this.#sessions.end(late, 'session.ended', context.request);
  }

  sessions(context: Context): Promise<readonly SessionRow[]> {
    return this.#sessions.of(context.who.id);
  }

  /** Throws not_found. */
  async endSession(context: Context, id: string): Promise<void> {
    const session = await owned(this.#parts.store, 'sessions', id, context.who.id);
    await this.#sessions.end(session, 'session.ended', context.request);
  }

  async #others({ who }: Context): Promise<readonly SessionRow[]> {
    return (await this.#sessions.of(who.id)).filter(({ id }) => id !== who.session);
  }
}

const entryOf = (context: Context, action: string) => ownEntry(context, action, context.who.id);
