// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connection } from '../../../../frontend/src/lib/api/connection.ts';
import { session } from '../../../../frontend/src/lib/api/session.ts';

const USER = {
  id: '01AAA',
  revision: 1,
  email: 'ada@example.com',
  name: 'Ada',
  role: 'user',
  state: 'active',
} as const;
const SIGNED_IN = {
  access_token: 'token',
  expires_in_s: 600,
  user: { ...USER, created_at: '2026-01-01T00:00:00.000Z' },
};
const HINT = 'vitrine.signed-in';
const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });

/** The network: what each address answers just now. */
let answers: Record<string, () => Response | Promise<Response>> = {};
const offline = () => Promise.reject(new TypeError('Failed to fetch'));

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', (path: string) => Promise.resolve((answers[path] ?? offline)()));
  localStorage.setItem(HINT, 'yes');
  session.set({ status: 'unknown' });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const REFRESH = '/api/v1/auth/refresh';
const READY = '/api/v1/readyz';
const LOGOUT = '/api/v1/auth/logout';

describe('the session', () => {
  it('does not ask for a visitor who never signed in here', async () => {
    localStorage.removeItem(HINT);
    answers = {};
    await session.begin();
    expect(session.get().status).toBe('out');
  });

  it('is renewed from the cookie', async () => {
    answers = { [REFRESH]: () => json(200, SIGNED_IN) };
    await session.begin();
    expect(session.get()).toMatchObject({ status: 'in', user: { name: 'Ada' } });
  });

  it('stays unknown while nobody answers, and begins by itself once somebody does', async () => {
    answers = {};
    await session.begin();
    expect(session.get().status).toBe('unknown');
    expect(connection.get()).toBe('offline');
    answers = { [READY]: () => json(200, {}), [REFRESH]: () => json(200, SIGNED_IN) };
    await vi.advanceTimersByTimeAsync(10_000);
    expect(session.get().status).toBe('in');
    expect(connection.get()).toBe('good');
  });

  it('is not ended by a server in trouble', async () => {
    answers = { [REFRESH]: () => json(503, {}) };
    session.accept(SIGNED_IN);
    expect(await session.renew()).toBe(false);
    expect(session.get().status).toBe('in');
    answers = { [READY]: () => json(200, {}) };
    await vi.advanceTimersByTimeAsync(10_000);
  });

  it('is ended by a no', async () => {
    answers = { [REFRESH]: () => json(401, {}) };
    session.accept(SIGNED_IN);
    await session.renew();
    expect(session.get()).toEqual({ status: 'out', left: false });
    expect(localStorage.getItem(HINT)).toBeNull();
  });

  it('goes on where signing out could not be told', async () => {
    session.accept(SIGNED_IN);
    answers = {};
    await expect(session.leave()).rejects.toMatchObject({ code: 'unreachable' });
    expect(session.get().status).toBe('in');
    answers = { [LOGOUT]: () => new Response(null, { status: 204 }), [READY]: () => json(200, {}) };
    await session.leave();
    expect(session.get()).toEqual({ status: 'out', left: true });
  });
});
