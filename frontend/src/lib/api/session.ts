/**
 * Who is signed in here. The access token lives in memory only; the cookie that renews it is out of reach of scripts.
 * Other tabs hear of signing in and out.
 */
import type { SignedIn } from '../../../../backend-node/src/contract/auth.ts';
import type { User } from '../../../../backend-node/src/contract/users.ts';
import { connection } from './connection.ts';
import { External, useExternal } from './external.ts';
import { ApiProblem, problemOf } from './problem.ts';

/** left: by one's own wish, so that nobody is asked to come back to where one was. */
export type Session =
  | { readonly status: 'unknown' }
  | { readonly status: 'out'; readonly left?: boolean }
  | { readonly status: 'in'; readonly user: User };

/** Says that a cookie is likely there, so that visitors are not asked for one. */
const HINT = 'vitrine.signed-in';
const EARLY_MS = 30_000;
/** Other tabs wait for it meanwhile. */
const LONGEST_MS = 20_000;

class Sessions extends External<Session> {
  #token = '';
  #endsAt = 0;
  #renewing: Promise<boolean> | undefined;
  readonly #tabs = new BroadcastChannel('vitrine-session');

  constructor() {
    super({ status: 'unknown' });
    this.#tabs.onmessage = ({ data }) => (data === 'in' ? void this.renew() : this.#forget());
    connection.follow(() => connection.get() !== 'offline' && this.get().status === 'unknown' && void this.begin());
  }

  /** Once at start: from the cookie, where there is one. */
  async begin(): Promise<void> {
    if (remembered() === null) this.set({ status: 'out' });
    else await this.renew();
  }

  /** A token that is good for a while; '' where nobody is signed in. */
  async token(): Promise<string> {
    if (this.#token !== '' && Date.now() > this.#endsAt - EARLY_MS) await this.renew();
    return this.#token;
  }

  /** After signing in or up. */
  accept(signedIn: SignedIn): void {
    this.#keep(signedIn);
    this.#tabs.postMessage('in');
  }

  /** The account was changed. */
  know(user: User): void {
    if (this.get().status === 'in') this.set({ status: 'in', user });
  }

  /** Rejects with ApiProblem where the gateway could not be told: then one is still signed in. */
  async leave(): Promise<void> {
    const answer = await fetch('/api/v1/auth/logout', { method: 'POST', headers: this.#headers() }).catch(() => {
      connection.report('offline');
      throw new ApiProblem({ code: 'unreachable', detail: 'Vitrine did not answer. You are still signed in.' });
    });
    if (!answer.ok) throw await problemOf(answer);
    this.end();
  }

  /** The gateway has ended the session, as one wished. */
  end(): void {
    this.#forget(true);
    this.#tabs.postMessage('out');
  }

  /** One renewal at a time, over all tabs. False where the session has ended. */
  renew(): Promise<boolean> {
    this.#renewing ??= alone(() => this.#renew()).finally(() => (this.#renewing = undefined));
    return this.#renewing;
  }

  async #renew(): Promise<boolean> {
    const answer = await fetch('/api/v1/auth/refresh', {
      method: 'POST',
      signal: AbortSignal.timeout(LONGEST_MS),
    }).catch(() => undefined);
    const told: unknown = answer?.ok === true ? await answer.json().catch(() => undefined) : undefined;
    if (told === undefined) {
      this.#refused(answer?.ok === false ? answer.status : 0);
      return false;
    }
    this.#keep(told as SignedIn);
    return true;
  }

  /** Only a no ends the session. No answer, or one about something else, says nothing of it: it is asked again. */
  #refused(status: number): void {
    if (status === 401 || status === 403) this.#forget();
    else connection.report(status === 0 ? 'offline' : 'unavailable');
  }

  #keep({ access_token, expires_in_s, user }: SignedIn): void {
    this.#token = access_token;
    this.#endsAt = Date.now() + expires_in_s * 1000;
    remember('yes');
    this.set({ status: 'in', user });
  }

  #forget(left = false): void {
    this.#token = '';
    remember(null);
    this.set({ status: 'out', left });
  }

  #headers(): Record<string, string> {
    return this.#token === '' ? {} : { Authorization: `Bearer ${this.#token}` };
  }
}

/** Over all tabs. Browsers have locks only for pages that came over https or from this machine. */
const alone = (work: () => Promise<boolean>): Promise<boolean> =>
  'locks' in navigator ? navigator.locks.request('vitrine-renew', work) : work();

function remembered(): string | null {
  try {
    return localStorage.getItem(HINT);
  } catch {
    // Storage is switched off: ask.
    return '';
  }
}

function remember(value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(HINT);
    else localStorage.setItem(HINT, value);
  } catch {
    // It is a hint only.
  }
}

export const session = new Sessions();

export const useSession = (): Session => useExternal(session);

/** The signed-in account, in pages that are only shown to one. */
export function useAccount(): User {
  const now = useSession();
  if (now.status !== 'in') throw new Error('Expected a signed-in account on this page');
  return now.user;
}
