/** Who somebody with an access token or a view cookie is, as of now: ended sessions and disabled accounts stop at once. */
import { SCOPES, type Scope } from '../../contract/route.ts';
import { GatewayError } from '../../errors.ts';
import type { Verifiers } from '../../http/authenticate.ts';
import type { Who } from '../../http/call.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { SessionCookies } from './cookies.ts';
import type { Sessions } from './sessions.ts';

const EVERYTHING: ReadonlySet<Scope> = new Set(SCOPES);
const LOOKING: ReadonlySet<Scope> = new Set(['images:read']);

export class Authentication implements Omit<Verifiers, 'apiKey'> {
  readonly #tokens: AccessTokens;
  readonly #cookies: SessionCookies;
  readonly #sessions: Sessions;

  constructor(tokens: AccessTokens, cookies: SessionCookies, sessions: Sessions) {
    this.#tokens = tokens;
    this.#cookies = cookies;
    this.#sessions = sessions;
  }

  async token(token: string): Promise<Who> {
    const claims = await this.#tokens.verify(token);
    const who = await this.#who(claims.session, EVERYTHING);
    if (who.id !== claims.user) throw new GatewayError('unauthorized', 'Expected a valid access token');
    return who;
  }

  async viewCookie(value: string): Promise<Who> {
    const session = this.#cookies.viewed(value);
    if (session === undefined) throw new GatewayError('unauthorized', 'Expected a cookie that Vitrine made');
    return this.#who(session, LOOKING);
  }

  async #who(id: string, scopes: ReadonlySet<Scope>): Promise<Who> {
    const { session, user } = await this.#sessions.alive(id);
    return { id: user.id, role: user.role, scopes, session: session.id, key: '' };
  }
}
