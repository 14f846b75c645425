/** Signing up, in and out, and one's own account: parse, call, answer. */
import { ipKeyGenerator } from 'express-rate-limit';
import { authRoutes, Session, type SignedIn } from '../../contract/auth.ts';
import type { Route } from '../../contract/route.ts';
import { User } from '../../contract/users.ts';
import { GatewayError } from '../../errors.ts';
import type { Api } from '../../http/api.ts';
import { noContent, ok, type Call, type Context, type Reply } from '../../http/call.ts';
import { expectSameOrigin } from '../../http/same-site.ts';
import { AccessTokens } from './access-tokens.ts';
import { Account } from './account.ts';
import { Authentication } from './authentication.ts';
import { SessionCookies } from './cookies.ts';
import { deleteAccount } from './deletion.ts';
import type { AuthParts } from './parts.ts';
import { Sessions, type From, type Opened } from './sessions.ts';
import { SignIn } from './sign-in.ts';

const MOST_CLIENT = 200;

export class Auth {
  readonly authentication: Authentication;
  readonly #parts: AuthParts;
  readonly #tokens: AccessTokens;
  readonly #cookies: SessionCookies;
  readonly #sessions: Sessions;
  readonly #signIn: SignIn;
  readonly #account: Account;

  constructor(parts: AuthParts) {
    this.#parts = parts;
    this.#tokens = new AccessTokens(parts.secret, parts.settings.access_token_s);
    this.#cookies = new SessionCookies(parts.secret, parts.settings.session_days);
    this.#sessions = new Sessions(parts);
    this.#signIn = new SignIn(parts, this.#sessions);
    this.#account = new Account(parts, this.#sessions, this.#signIn);
    this.authentication = new Authentication(this.#tokens, this.#cookies, this.#sessions);
  }

  addTo(api: Api): void {
    api.add(authRoutes, {
      signUpState: async () => ok(await this.#state()),
      register: async (call) => this.#signedIn(call, await this.#signIn.register(call.body, fromOf(call)), 201),
      login: async (call) => {
        const { email, password } = call.body;
        return this.#signedIn(call, await this.#signIn.login(email, password, fromOf(call)));
      },
      refresh: (call) => this.#refresh(call),
      logout: (call) => this.#logout(call, call.who?.session),
      changePassword: async (call) => {
        await this.#account.changePassword(call, call.body.current, call.body.new, fromOf(call).address);
        return noContent();
      },
      me: async (call) => ok(User.parse(await this.#account.of(call))),
      changeMe: async (call) => ok(User.parse(await this.#account.rename(call, call.body.name, call.expected))),
      deleteMe: (call) => this.#delete(call, call.body.password),
      listSessions: async (call) => ok({ items: await this.#shownSessions(call) }),
      endSession: async (call) => {
        await this.#account.endSession(call, call.params.id);
        return noContent();
      },
    });
  }

  async #state() {
    const { settings, processing } = this.#parts;
    const { registration, trash_days } = settings;
    // Whether pyservice is there or not: people can sign in.
    const max_archive_bytes = processing.told?.max_archive_bytes ?? null;
    return { registration, first_account: await this.#signIn.firstAccount(), trash_days, max_archive_bytes };
  }

  async #signedIn({ req, res }: Call<Route>, { user, ticket }: Opened, status = 200): Promise<Reply> {
    const access_token = await this.#tokens.issue({ user: user.id, session: ticket.session });
    this.#cookies.set(req, res, ticket);
    const expires_in_s = this.#parts.settings.access_token_s;
    return { status, body: { access_token, expires_in_s, user: User.parse(user) } satisfies SignedIn };
  }

  async #refresh(call: Call<Route>): Promise<Reply> {
    expectSameOrigin(call.req, this.#parts.settings.origins);
    const ticket = this.#cookies.ticket(call.req);
    if (!ticket) throw new GatewayError('unauthorized', 'Expected the cookie of a session; sign in again');
    return this.#signedIn(call, await this.#sessions.refresh(ticket, call.request));
  }

  async #logout(call: Call<Route>, session: string | undefined): Promise<Reply> {
    expectSameOrigin(call.req, this.#parts.settings.origins);
    for (const id of new Set([this.#cookies.ticket(call.req)?.session ?? '', session ?? ''])) {
      const row = await this.#parts.store.get('sessions', id);
      if (row) await this.#sessions.end(row, 'session.ended', call.request);
    }
    this.#cookies.clear(call.req, call.res);
    return noContent();
  }

  async #delete(call: Context & Pick<Call<Route>, 'req' | 'res'>, password: string): Promise<Reply> {
    const user = await this.#account.of(call);
    await this.#signIn.expectPassword(user, password, fromOf(call).address);
    await deleteAccount(this.#parts, call);
    this.#cookies.clear(call.req, call.res);
    return noContent();
  }

  async #shownSessions(call: Context): Promise<readonly Session[]> {
    const rows = await this.#account.sessions(call);
    return rows.map((row) => Session.parse({ ...row, current: row.id === call.who.session }));
  }
}

const fromOf = ({ req, request }: Pick<Call<Route>, 'req' | 'request'>): From => ({
  client: (req.get('User-Agent') ?? '').slice(0, MOST_CLIENT),
  address: ipKeyGenerator(req.ip ?? '', 64),
  request,
});
