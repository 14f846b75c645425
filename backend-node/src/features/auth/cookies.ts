/** Two cookies of a session: one to refresh it, sent to auth routes only, and one to look at pictures by <img src>. */
import { parseCookie } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';
import { VIEW_COOKIE } from '../../http/authenticate.ts';
import { purposeKey, signed, unsigned } from '../../http/purpose-keys.ts';

const REFRESH_COOKIE = 'vitrine_refresh';
const REFRESH_PATH = '/api/v1/auth';
const VIEW_PATH = '/api/v1';
const DAY_MS = 86_400_000;

/** Which refresh of which session a cookie is good for. */
export interface Ticket {
  readonly session: string;
  readonly counter: number;
}

export class SessionCookies {
  readonly #refreshKey: Uint8Array;
  readonly #viewKey: Uint8Array;
  readonly #days: number;

  constructor(secret: string, days: number) {
    this.#refreshKey = purposeKey(secret, 'refresh cookie');
    this.#viewKey = purposeKey(secret, 'view cookie');
    this.#days = days;
  }

  set(req: Request, res: Response, { session, counter }: Ticket): void {
    const maxAge = this.#days * DAY_MS;
    res.cookie(REFRESH_COOKIE, signed(this.#refreshKey, `${session}.${counter}`), {
      ...options(req, REFRESH_PATH),
      maxAge,
    });
    res.cookie(VIEW_COOKIE, signed(this.#viewKey, session), { ...options(req, VIEW_PATH), maxAge });
  }

  clear(req: Request, res: Response): void {
    res.clearCookie(REFRESH_COOKIE, options(req, REFRESH_PATH));
    res.clearCookie(VIEW_COOKIE, options(req, VIEW_PATH));
  }

  /** Undefined where there is none, or one that is not ours. */
  ticket(req: Request): Ticket | undefined {
    const text = unsigned(this.#refreshKey, parseCookie(req.get('Cookie') ?? '')[REFRESH_COOKIE] ?? '');
    const [, session, counter] = /^(\w+)\.(\d+)$/.exec(text ?? '') ?? [];
    return session !== undefined && counter !== undefined ? { session, counter: Number(counter) } : undefined;
  }

  /** The session of a view cookie; undefined where it is not ours. */
  viewed(value: string): string | undefined {
    return unsigned(this.#viewKey, value);
  }
}

const options = (req: Request, path: string): CookieOptions => ({
  httpOnly: true,
  sameSite: 'strict',
  secure: req.secure,
  path,
});
