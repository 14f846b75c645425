/** Somebody with cookies, as a browser has them. */
import { parseSetCookie } from 'cookie';
import { PASSWORD } from '../../studio.ts';

export interface Browser {
  readonly cookies: Map<string, string>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
}

export interface SignedIn {
  readonly access_token: string;
  readonly expires_in_s: number;
  readonly user: { readonly id: string; readonly role: string; readonly revision: number };
}

export function browser(url: string, cookies = new Map<string, string>()): Browser {
  const call = async (method: string, path: string, body: unknown, headers: Record<string, string>) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(cookie !== '' && { Cookie: cookie }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    for (const { name, value } of answer.headers.getSetCookie().map((each) => parseSetCookie(each))) {
      if (value === undefined || value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  return {
    cookies,
    post: (path, body, headers = {}) => call('POST', path, body, headers),
    get: (path, headers = {}) => call('GET', path, undefined, headers),
  };
}

/** Another browser with the cookies of this one, as somebody who has copied them. */
export const copied = (url: string, { cookies }: Browser): Browser => browser(url, new Map(cookies));

export async function signedIn(from: Browser, email: string, password = PASSWORD): Promise<SignedIn> {
  const answer = await from.post('/auth/login', { email, password });
  if (answer.status !== 200) throw new Error(`expected to sign in, received ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as SignedIn;
}

export const bearer = (token: string): Record<string, string> => ({ Authorization: `Bearer ${token}` });
