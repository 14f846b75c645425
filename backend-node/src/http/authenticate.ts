/** Finds the credential in a request; the features know whether it is a good one. */
import { parseCookie } from 'cookie';
import type { Request } from 'express';
import type { Route } from '../contract/route.ts';
import { GatewayError, isProblem } from '../errors.ts';
import type { Authenticate, Who } from './call.ts';
import { expectSameSite } from './same-site.ts';

/** Each throws unauthorized for what is not good (any more). */
export interface Verifiers {
  token(token: string): Promise<Who>;
  apiKey(key: string): Promise<Who>;
  viewCookie(value: string): Promise<Who>;
}

export const VIEW_COOKIE = 'vitrine_view';
const KEY_PREFIX = 'vt_';
const MOST_LETTERS = 2000;

export const authenticator =
  (verifiers: Verifiers): Authenticate =>
  async (req, route) => {
    try {
      return await found(verifiers, req, route);
    } catch (error) {
      // Who signs in again may still send the token that has ended.
      if (route.access === 'open' && isProblem(error, 'unauthorized')) return undefined;
      throw error;
    }
  };

function found(verifiers: Verifiers, req: Request, route: Route): Promise<Who> | undefined {
  const key = req.get('X-Api-Key');
  const header = req.get('Authorization');
  if (key !== undefined && header !== undefined) throw refused('one credential', 'two');
  if (key !== undefined) return verifiers.apiKey(bounded(key));
  if (header !== undefined) {
    return verified(verifiers, bearer(bounded(header)));
  }
  return byCookie(verifiers, req, route);
}

/** Whose API key or access token it is. Rejects with unauthorized. */
export const verified = (verifiers: Verifiers, credential: string): Promise<Who> =>
  credential.startsWith(KEY_PREFIX) ? verifiers.apiKey(credential) : verifiers.token(credential);

/** Only where the route says so, and only to look: <img src> cannot send a header. */
function byCookie(verifiers: Verifiers, req: Request, route: Route): Promise<Who> | undefined {
  if (route.access === 'open' || route.access.cookie !== true || route.method !== 'get') return undefined;
  const value = parseCookie(req.get('Cookie') ?? '')[VIEW_COOKIE];
  if (value === undefined) return undefined;
  expectSameSite(req);
  return verifiers.viewCookie(bounded(value));
}

function bearer(header: string): string {
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  if (token === undefined) throw refused('Authorization: Bearer …', 'another form');
  return token;
}

function bounded(credential: string): string {
  if (credential.length > MOST_LETTERS) throw refused('a shorter credential', `one of ${credential.length} characters`);
  return credential;
}

const refused = (expected: string, received: string): GatewayError =>
  new GatewayError('unauthorized', `Expected ${expected}, received ${received}`);
