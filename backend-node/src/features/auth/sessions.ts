/** A session: somebody signed in on one device. Each refresh raises its counter, so that a stolen cookie shows. */
import { GatewayError } from '../../errors.ts';
import { newId, now } from '../../ids.ts';
import { removed } from '../../store/remove.ts';
import { attempted, retried } from '../../store/retry.ts';
import type { SessionRow, UserRow } from '../../store/rows.ts';
import type { Change } from '../../store/store.ts';
import type { Ticket } from './cookies.ts';
import type { AuthParts } from './parts.ts';

const MOST_SESSIONS = 50;
const DAY_MS = 86_400_000;
/** Two tabs may refresh at the same time: the cookie before the last one is good for this long. */
const TABS_MS = 10_000;

export interface Opened {
  readonly user: UserRow;
  readonly ticket: Ticket;
}

export interface From {
  /** The User-Agent. */
  readonly client: string;
  /** Where the call comes from, as one counts tries. */
  readonly address: string;
  /** The request id. */
  readonly request: string;
}

const ended = (): GatewayError => new GatewayError('unauthorized', 'Expected a session that is alive; sign in again');

export class Sessions {
  readonly #parts: AuthParts;

  constructor(parts: AuthParts) {
    this.#parts = parts;
  }

  /** Throws unauthorized where the account changed its password or was disabled meanwhile. */
  async open(user: UserRow, from: From): Promise<Opened> {
    const row = { id: newId(), owner: user.id, counter: 1, client: from.client, created_at: now(), ...this.#used() };
    const about = { owner: user.id, actor: user.id, target: row.id, request: from.request };
    await retried(async () => {
      const old = (await this.of(user.id)).slice(MOST_SESSIONS - 1);
      const changes: Change[] = [...removal(old), { insert: 'sessions', row }];
      await this.#parts.journal.write(changes, { ...about, action: 'session.opened' });
    });
    await this.#expectUnchanged(user, row.id);
    return { user, ticket: { session: row.id, counter: row.counter } };
  }

  /** A password change removes the sessions it sees; one that was opened with the old password just then must not stay. */
  async #expectUnchanged(user: UserRow, session: string): Promise<void> {
    const current = await this.#parts.store.get('users', user.id);
    if (current?.state === 'active' && current.password_hash === user.password_hash) return;
    await removed(this.#parts.store, 'sessions', session);
    throw ended();
  }

  /** The session and its account, both alive. Throws unauthorized. */
  async alive(id: string): Promise<{ readonly session: SessionRow; readonly user: UserRow }> {
    const session = await this.#parts.store.get('sessions', id);
    if (!session || session.expires_at <= now()) throw ended();
    const user = await this.#parts.store.get('users', session.owner);
    if (user?.state !== 'active') throw ended();
    return { session, user };
  }

  /** The next ticket for a genuine one. Throws unauthorized, and ends the session where the ticket was used before. */
  refresh(ticket: Ticket, request: string): Promise<Opened> {
    return retried(async () => {
      const { session, user } = await this.alive(ticket.session);
      const age_ms = Date.now() - Date.parse(session.rotated_at);
      if (ticket.counter === session.counter - 1 && age_ms < TABS_MS) return opened(user, session);
      if (ticket.counter !== session.counter) return this.#endReused(session, request);
      const next = { ...session, counter: session.counter + 1, ...this.#used() };
      await this.#parts.store.write([{ update: 'sessions', row: next }]);
      return opened(user, next);
    });
  }

  /** It has ended afterwards, whoever was faster. */
  async end(session: SessionRow, action: string, request: string): Promise<void> {
    const entry = { owner: session.owner, actor: session.owner, action, target: session.id, request };
    await attempted(this.#parts.journal.write(removal([session]), entry));
  }

  /** Of one account, newest first. */
  async of(owner: string): Promise<readonly SessionRow[]> {
    const { rows } = await this.#parts.store.find('sessions', { where: { owner }, order: ['id', 'desc'], limit: 500 });
    return rows;
  }

  async #endReused(session: SessionRow, request: string): Promise<never> {
    this.#parts.log.warn({ session: session.id, user: session.owner }, 'a refresh cookie was used twice');
    await this.end(session, 'session.reuse_detected', request);
    throw ended();
  }

  #used(): Pick<SessionRow, 'rotated_at' | 'expires_at'> {
    const time = Date.now();
    const expires = time + this.#parts.settings.session_days * DAY_MS;
    return { rotated_at: new Date(time).toISOString(), expires_at: new Date(expires).toISOString() };
  }
}

const opened = (user: UserRow, { id, counter }: SessionRow): Opened => ({ user, ticket: { session: id, counter } });

export const removal = (sessions: readonly SessionRow[]): Change[] =>
  sessions.map(({ id }) => ({ remove: 'sessions', id }));
