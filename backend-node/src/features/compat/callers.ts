/** Who calls a route that was made for other programs: by a key, in whatever place they put one, or nobody in particular. */
import type { Request } from 'express';
import { GatewayError } from '../../errors.ts';
import { requireAccess } from '../../http/access.ts';
import { isLoopback } from '../../http/own-host.ts';
import { expectSameOrigin } from '../../http/same-site.ts';
import type { CompatParts } from './parts.ts';

export interface Caller {
  /** Of the account; NOBODY where there is none. */
  readonly id: string;
}

const NOBODY = 'nobody';
const MOST_LETTERS = 2000;

export class Callers {
  readonly #parts: Pick<CompatParts, 'settings' | 'verify'>;

  constructor(parts: Pick<CompatParts, 'settings' | 'verify'>) {
    this.#parts = parts;
  }

  /** With a key that may process. Rejects with unauthorized, forbidden, cross_site. */
  async known(req: Request): Promise<Caller> {
    const credential = credentialIn(req);
    if (credential === undefined) throw refused('an API key, received none');
    // A browser that was told a name and password once sends them along, whoever asks.
    if (isBasic(req)) this.#expectOwnPage(req);
    const who = await this.#parts.verify(credential);
    requireAccess({ scope: 'process' }, who);
    return { id: who.id };
  }

  /** Likewise; where the settings say so, without a key as well. */
  async knownOrOpen(req: Request): Promise<Caller> {
    if (!this.#isOpen() || credentialIn(req) !== undefined) return this.known(req);
    this.#expectOwnPage(req);
    return { id: NOBODY };
  }

  #isOpen(): boolean {
    const { open_compat, host, trusted_proxies } = this.#parts.settings;
    return open_compat === 'on' || (open_compat === 'loopback' && isLoopback(host) && trusted_proxies === 0);
  }

  #expectOwnPage(req: Request): void {
    const origin = req.get('Origin');
    if (origin !== undefined && this.#parts.settings.origins.includes(origin)) return;
    expectSameOrigin(req, []);
  }
}

const isBasic = (req: Request): boolean =>
  req.get('X-Api-Key') === undefined && /^basic /i.test(req.get('Authorization') ?? '');

/** X-Api-Key, or else Authorization: Bearer, or Basic with the key as the name or the password. */
function credentialIn(req: Request): string | undefined {
  const header = req.get('Authorization');
  const given = req.get('X-Api-Key') ?? (header === undefined ? undefined : credentialOf(header));
  if (given !== undefined && given.length > MOST_LETTERS) throw refused('a shorter key');
  return given;
}

function credentialOf(header: string): string {
  const [, kind, value = ''] = /^(bearer|basic) +(\S+)$/i.exec(header) ?? [];
  if (kind?.toLowerCase() === 'bearer') return value;
  if (kind === undefined) throw refused('Authorization: Bearer … or Basic …, received another form');
  const text = Buffer.from(value, 'base64').toString();
  const colon = text.indexOf(':');
  const [name, password] = colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
  return password.startsWith('vt_') || name === '' ? password : name;
}

const refused = (what: string): GatewayError => new GatewayError('unauthorized', `Expected ${what}`);
