/** Signing up and in: rules only. Whether there is an account with an email address must not show, except to sign up. */
import { createHmac } from 'node:crypto';
import { GatewayError } from '../../errors.ts';
import { purposeKey } from '../../http/purpose-keys.ts';
import { newId, now } from '../../ids.ts';
import { adminsTurn } from '../../store/admins.ts';
import { attempted } from '../../store/retry.ts';
import type { UserRow } from '../../store/rows.ts';
import { first, WriteConflict } from '../../store/store.ts';
import { expectGoodPassword } from './common-passwords.ts';
import type { AuthParts } from './parts.ts';
import { hashPassword, isNobodysPassword, isOutdated, isPassword } from './passwords.ts';
import type { From, Opened, Sessions } from './sessions.ts';
import { BY_ADDRESS, BY_EMAIL, SIGN_UPS, Throttle } from './throttle.ts';

const MOST_TRIES = 10;

export interface NewAccount {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

export class SignIn {
  readonly #parts: AuthParts;
  readonly #sessions: Sessions;
  readonly #key: Uint8Array;
  readonly #byEmail: Throttle;
  readonly #byAddress: Throttle;
  readonly #signUps: Throttle;

  constructor(parts: AuthParts, sessions: Sessions) {
    this.#parts = parts;
    this.#sessions = sessions;
    this.#key = purposeKey(parts.secret, 'throttle');
    this.#byEmail = new Throttle(parts.store, BY_EMAIL);
    this.#byAddress = new Throttle(parts.store, BY_ADDRESS);
    this.#signUps = new Throttle(parts.store, SIGN_UPS);
  }

  async firstAccount(): Promise<boolean> {
    return (await first(this.#parts.store, 'users', {})) === undefined;
  }

  /** Throws forbidden, email_taken, invalid_request, too_many_requests, too_busy. */
  async register(account: NewAccount, from: From): Promise<Opened> {
    await this.#expectOpen();
    await this.#signUps.count(this.#id('sign-up', from.address));
    expectGoodPassword(account.password, account.email);
    if (await this.#byAddressOf(account.email)) throw emailTaken();
    const password_hash = await hashPassword(account.password);
    return this.#sessions.open(await this.#insert(account, password_hash, from.request), from);
  }

  /** Throws wrong_credentials, forbidden for a disabled account, too_many_requests, too_busy. */
  async login(email: string, password: string, from: From): Promise<Opened> {
    const user = await this.#byAddressOf(email);
    const known = user?.state === 'deleting' ? undefined : user;
    await this.#checked(email, known, password, from.address);
    if (!known) throw wrongCredentials();
    if (known.state === 'disabled') {
      throw new GatewayError('forbidden', 'Expected an active account; an administrator has disabled this one');
    }
    return this.#sessions.open(await this.#rehashed(known, password), from);
  }

  /** Throws wrong_credentials unless it is the password of this account; guesses are counted as those of a sign-in. */
  async expectPassword(user: UserRow, password: string, address: string): Promise<void> {
    await this.#checked(user.email, user, password, address);
  }

  /** The try is counted before the password is looked at: a thousand at once are counted as a thousand. */
  async #checked(email: string, user: UserRow | undefined, password: string, address: string): Promise<void> {
    const client = this.#id('address', address);
    await this.#byAddress.expectFree(client);
    await this.#byEmail.count(this.#id('email', email));
    const right = await (user ? isPassword(password, user.password_hash) : isNobodysPassword(password));
    if (right) return this.#byEmail.clear(this.#id('email', email));
    await this.#byAddress.count(client);
    throw wrongCredentials();
  }

  async #expectOpen(): Promise<void> {
    if (this.#parts.settings.registration === 'open' || (await this.firstAccount())) return;
    throw new GatewayError('forbidden', 'Expected sign-up to be open; it is closed here');
  }

  #byAddressOf(email: string): Promise<UserRow | undefined> {
    return first(this.#parts.store, 'users', { where: { email } });
  }

  /** Of two first accounts at once one becomes the admin: only one of the two turns is written. */
  async #insert({ email, name }: NewAccount, password_hash: string, request: string): Promise<UserRow> {
    const { store, journal } = this.#parts;
    for (let tries = 1; ; tries += 1) {
      const turn = await adminsTurn(store);
      const isFirst = await this.firstAccount();
      if (!isFirst) await this.#expectOpen();
      const role = isFirst ? 'admin' : 'user';
      const made = { id: newId(), created_at: now(), deleted_at: '' };
      const row = { ...made, email, name, role, state: 'active', password_hash } as const;
      const entry = { owner: row.id, actor: row.id, action: 'account.registered', target: row.id, details: { role } };
      try {
        await journal.write([...(isFirst ? [turn] : []), { insert: 'users', row }], { ...entry, request });
        return { ...row, revision: 1 };
      } catch (error) {
        if (!(error instanceof WriteConflict) || tries === MOST_TRIES) throw error;
        if (error.collection === 'users') throw emailTaken();
      }
    }
  }

  /** Where the cost of a hash was raised since: now the password is known. */
  async #rehashed(user: UserRow, password: string): Promise<UserRow> {
    if (!isOutdated(user.password_hash)) return user;
    const row = { ...user, password_hash: await hashPassword(password) };
    const written = await attempted(this.#parts.store.write([{ update: 'users', row }]));
    return written ? { ...row, revision: user.revision + 1 } : user;
  }

  /** Neither email nor address is kept: only what they hash to with our key. */
  #id(kind: string, text: string): string {
    return `${kind}-${createHmac('sha256', this.#key).update(`${kind} ${text}`).digest('hex')}`;
  }
}

const wrongCredentials = (): GatewayError =>
  new GatewayError('wrong_credentials', 'Expected an email address and the password that belongs to it');

const emailTaken = (): GatewayError =>
  new GatewayError('email_taken', 'Expected an email address without an account; sign in with this one');
