import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PASSWORD, startStudio, type Client, type Studio } from '../../studio.ts';
import { bearer, browser, copied, signedIn, type Browser, type SignedIn } from './browser.ts';

let studio: Studio;
let admin: Client;
let email: string;
let own: Browser;
let at: SignedIn;
let count = 0;

beforeAll(async () => {
  studio = await startStudio();
  admin = await studio.signUp('admin');
});
afterAll(() => studio.stop());
beforeEach(async () => {
  count += 1;
  ({ email } = await studio.signUp(`person${count}`));
  own = browser(studio.url);
  at = await signedIn(own, email);
});

const refreshed = async (from: Browser): Promise<SignedIn> =>
  (await (await from.post('/auth/refresh')).json()) as SignedIn;
const statusWith = async (token: string) => (await own.get('/me', bearer(token))).status;

/** Sessions as if their last refresh were so long ago. */
async function aged(owner: string, ms: number): Promise<void> {
  const { rows } = await studio.parts.store.find('sessions', { where: { owner } });
  const rotated_at = new Date(Date.now() - ms).toISOString();
  await studio.parts.store.write(rows.map((row) => ({ update: 'sessions', row: { ...row, rotated_at } })));
}

describe('refreshing', () => {
  test('gives another token and another cookie each time', async () => {
    const seen = new Set([own.cookies.get('vitrine_refresh')]);
    for (let round = 0; round < 3; round += 1) {
      expect(await statusWith((await refreshed(own)).access_token)).toBe(200);
      seen.add(own.cookies.get('vitrine_refresh'));
    }
    expect(seen.size).toBe(4);
  });

  test('an old cookie ends the session: thief and owner are both out', async () => {
    const thief = copied(studio.url, own);
    const { access_token } = await refreshed(own);
    await aged(at.user.id, 11_000);
    expect((await thief.post('/auth/refresh')).status).toBe(401);
    expect((await own.post('/auth/refresh')).status).toBe(401);
    expect(await statusWith(access_token)).toBe(401);
    const { rows } = await studio.parts.store.find('journal', { where: { owner: at.user.id }, order: ['seq', 'desc'] });
    expect(rows[0]?.action).toBe('session.reuse_detected');
  });

  test('an old cookie two refreshes back ends the session even at once', async () => {
    const thief = copied(studio.url, own);
    await refreshed(own);
    await refreshed(own);
    expect((await thief.post('/auth/refresh')).status).toBe(401);
    expect((await own.post('/auth/refresh')).status).toBe(401);
  });

  test('two tabs at once both stay signed in', async () => {
    const tabs = Array.from({ length: 5 }, () => copied(studio.url, own));
    const answers = await Promise.all(tabs.map((tab) => tab.post('/auth/refresh')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(new Set(tabs.map(({ cookies }) => cookies.get('vitrine_refresh'))).size).toBe(1);
    expect((await own.post('/auth/refresh')).status).toBe(200);
  });

  test.each([
    ['none', undefined],
    ['empty', ''],
    ['not signed', '01ARZ3NDEKTSV4RRFFQ69G5FAV.1'],
    ['signed by nobody', '01ARZ3NDEKTSV4RRFFQ69G5FAV.1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
  ])('a cookie that is %s is 401, and ends nothing', async (_what, value) => {
    const stranger = browser(studio.url, new Map(value === undefined ? [] : [['vitrine_refresh', value]]));
    expect((await stranger.post('/auth/refresh')).status).toBe(401);
    expect((await own.post('/auth/refresh')).status).toBe(200);
  });

  test('a counter that was raised by hand is refused, and ends nothing', async () => {
    const [id, counter, signature] = (own.cookies.get('vitrine_refresh') ?? '').split('.');
    const forger = browser(studio.url, new Map([['vitrine_refresh', `${id}.${Number(counter) + 1}.${signature}`]]));
    expect((await forger.post('/auth/refresh')).status).toBe(401);
    expect(await statusWith(at.access_token)).toBe(200);
  });

  test('the view cookie does not refresh, and the refresh cookie does not view', async () => {
    const mixed = browser(studio.url, new Map([['vitrine_refresh', own.cookies.get('vitrine_view') ?? '']]));
    expect((await mixed.post('/auth/refresh')).status).toBe(401);
  });

  test('an unused session ends', async () => {
    const { rows } = await studio.parts.store.find('sessions', { where: { owner: at.user.id } });
    const expires_at = new Date(Date.now() - 1).toISOString();
    await studio.parts.store.write(rows.map((row) => ({ update: 'sessions', row: { ...row, expires_at } })));
    expect((await own.post('/auth/refresh')).status).toBe(401);
    expect(await statusWith(at.access_token)).toBe(401);
  });
});

test('cookies are out of reach of scripts, other sites and other paths', async () => {
  const answer = await own.post('/auth/login', { email, password: PASSWORD });
  const set = answer.headers.getSetCookie();
  expect(set).toHaveLength(2);
  for (const cookie of set) expect(cookie).toMatch(/; HttpOnly/);
  for (const cookie of set) expect(cookie).toMatch(/; SameSite=Strict/);
  expect(set[0]).toMatch(/^vitrine_refresh=.*; Path=\/api\/v1\/auth;/);
  expect(set[1]).toMatch(/^vitrine_view=.*; Path=\/api\/v1;/);
  expect(set.join()).not.toContain('Secure');
});

test('cookies are Secure behind a proxy that has TLS', async () => {
  const proxied = await startStudio({ environment: { VITRINE_TRUSTED_PROXIES: '1' } });
  try {
    const body = { email: 'x@example.com', name: 'X', password: PASSWORD };
    const answer = await browser(proxied.url).post('/auth/register', body, { 'X-Forwarded-Proto': 'https' });
    for (const cookie of answer.headers.getSetCookie()) expect(cookie).toContain('; Secure');
  } finally {
    await proxied.stop();
  }
});

describe('D5 a token stops at once', () => {
  test('after logout, with the cookie of its session', async () => {
    const answer = await own.post('/auth/logout');
    expect([answer.status, own.cookies.size]).toEqual([204, 0]);
    expect(await statusWith(at.access_token)).toBe(401);
  });

  test('after logout, with the token alone', async () => {
    expect((await browser(studio.url).post('/auth/logout', undefined, bearer(at.access_token))).status).toBe(204);
    expect(await statusWith(at.access_token)).toBe(401);
    expect((await own.post('/auth/refresh')).status).toBe(401);
  });

  test('after a password change, everywhere but here', async () => {
    const there = browser(studio.url);
    const elsewhere = await signedIn(there, email);
    const body = { current: PASSWORD, new: 'another good password' };
    expect((await own.post('/auth/password', body, bearer(at.access_token))).status).toBe(204);
    expect(await statusWith(elsewhere.access_token)).toBe(401);
    expect((await there.post('/auth/refresh')).status).toBe(401);
    expect(await statusWith(at.access_token)).toBe(200);
    expect((await browser(studio.url).post('/auth/login', { email, password: PASSWORD })).status).toBe(401);
    await signedIn(browser(studio.url), email, body.new);
  });

  test('after the account was disabled, and enabling it does not bring it back', async () => {
    await admin.json('PATCH', `/users/${at.user.id}`, { state: 'disabled' });
    expect(await statusWith(at.access_token)).toBe(401);
    expect((await own.post('/auth/refresh')).status).toBe(401);
    await admin.json('PATCH', `/users/${at.user.id}`, { state: 'active' });
    expect(await statusWith(at.access_token)).toBe(401);
  });

  test('after its session was ended from elsewhere', async () => {
    const there = browser(studio.url);
    const elsewhere = await signedIn(there, email);
    const list = await there.get('/me/sessions', bearer(elsewhere.access_token));
    const { items } = (await list.json()) as { items: { id: string; current: boolean }[] };
    expect(items.map(({ current }) => current)).toEqual([true, false, false]);
    const own_session = items[1]?.id ?? '';
    const init = { method: 'DELETE', headers: bearer(elsewhere.access_token) };
    expect((await fetch(`${studio.url}/api/v1/me/sessions/${own_session}`, init)).status).toBe(204);
    expect(await statusWith(at.access_token)).toBe(401);
    expect((await fetch(`${studio.url}/api/v1/me/sessions/${own_session}`, init)).status).toBe(404);
  });

  test('but a role that changed counts at once, with the same token', async () => {
    expect((await own.get('/users', bearer(at.access_token))).status).toBe(403);
    await admin.json('PATCH', `/users/${at.user.id}`, { role: 'admin' });
    expect((await own.get('/users', bearer(at.access_token))).status).toBe(200);
    await admin.json('PATCH', `/users/${at.user.id}`, { role: 'user' });
    expect((await own.get('/users', bearer(at.access_token))).status).toBe(403);
  });
});

test('D7 the session of somebody else cannot be ended', async () => {
  const { items } = await admin.json<{ items: { id: string }[] }>('GET', '/me/sessions');
  const init = { method: 'DELETE', headers: bearer(at.access_token) };
  expect((await fetch(`${studio.url}/api/v1/me/sessions/${items[0]?.id}`, init)).status).toBe(404);
});

test('a password change needs the current one, and guesses are counted', async () => {
  const change = (current: string) =>
    own.post('/auth/password', { current, new: 'another good password' }, bearer(at.access_token));
  const statuses: number[] = [];
  for (let tries = 0; tries < 7; tries += 1) statuses.push((await change(`guess number ${tries}`)).status);
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
  expect(await statusWith(at.access_token)).toBe(200);
});

describe('a sign-in with the old password does not stay', () => {
  const wanted = 'another good password';
  const change = () => own.post('/auth/password', { current: PASSWORD, new: wanted }, bearer(at.access_token));

  test('when it comes between looking for sessions and changing the password', async () => {
    const late: SignedIn[] = [];
    const restore = before('account.password_changed', async () => {
      late.push(await signedIn(browser(studio.url), email));
    });
    expect((await change()).status).toBe(204);
    restore();
    expect(late).toHaveLength(1);
    for (const { access_token } of late) expect(await statusWith(access_token)).toBe(401);
  });

  test('when the password changes between comparing it and opening the session', async () => {
    const statuses: number[] = [];
    const restore = before('session.opened', async () => {
      statuses.push((await change()).status);
    });
    statuses.push((await browser(studio.url).post('/auth/login', { email, password: PASSWORD })).status);
    restore();
    expect(statuses).toEqual([204, 401]);
    expect(await studio.parts.store.count('sessions', { where: { owner: at.user.id } })).toBe(1);
  });
});

/** Does something just before the next entry of this kind is written. Returns how to stop. */
function before(action: string, work: () => Promise<void>): () => void {
  const { journal } = studio.parts;
  const write = journal.write.bind(journal);
  let done = false;
  journal.write = async (changes, entry) => {
    if (entry.action === action && !done) {
      done = true;
      await work();
    }
    return write(changes, entry);
  };
  return () => {
    journal.write = write;
  };
}

test('one account keeps the fifty newest sessions', async () => {
  const { rows } = await studio.parts.store.find('sessions', { where: { owner: at.user.id } });
  const row = rows[0];
  if (!row) throw new Error('expected a session');
  const id = (index: number) => `00000000000000000000000${String(index).padStart(3, '0')}`;
  await studio.parts.store.write(
    Array.from({ length: 60 }, (_, index) => ({ insert: 'sessions', row: { ...row, id: id(index) } })),
  );
  await signedIn(browser(studio.url), email);
  expect(await studio.parts.store.count('sessions', { where: { owner: at.user.id } })).toBe(50);
  expect(await statusWith(at.access_token)).toBe(200);
});

describe('D11 cookies from other sites', () => {
  afterEach(async () => {
    expect((await own.post('/auth/refresh')).status).toBe(200);
  });

  test.each([
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['another host of the same site', { 'Sec-Fetch-Site': 'same-site' }],
    ['another origin', { Origin: 'http://evil.example' }],
    ['an origin that begins like ours', { Origin: 'http://127.0.0.1.evil.example' }],
    ['another port', { Origin: 'http://127.0.0.1:1' }],
    ['a sandbox', { Origin: 'null' }],
  ])('a request from %s neither refreshes nor signs out', async (_where, headers) => {
    for (const path of ['/auth/refresh', '/auth/logout']) {
      const answer = await own.post(path, undefined, headers);
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([403, 'cross_site']);
    }
  });

  test('our own pages do', async () => {
    const headers = { Origin: studio.url, 'Sec-Fetch-Site': 'same-origin' };
    expect((await own.post('/auth/refresh', undefined, headers)).status).toBe(200);
  });

  test('a form of another site cannot sign anybody in', async () => {
    const form = new URLSearchParams({ email, password: PASSWORD });
    const answer = await fetch(`${studio.url}/api/v1/auth/login`, { method: 'POST', body: form });
    expect(answer.status).toBe(415);
    const text = await fetch(`${studio.url}/api/v1/auth/login`, {
      method: 'POST',
      body: JSON.stringify({ email, password: PASSWORD }),
      headers: { 'Content-Type': 'text/plain' },
    });
    expect(text.status).toBe(415);
  });
});
