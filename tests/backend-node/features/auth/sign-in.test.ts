import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bothLookFirst } from '../../both-look-first.ts';
import { PASSWORD, startStudio, type Client, type Studio } from '../../studio.ts';
import { bearer, browser, signedIn, type SignedIn } from './browser.ts';

let studio: Studio;
let admin: Client;

beforeAll(async () => {
  studio = await startStudio();
  admin = await studio.signUp('admin');
});
afterAll(() => studio.stop());

const login = (email: unknown, password: unknown) => browser(studio.url).post('/auth/login', { email, password });
const register = (email: unknown, password: unknown = PASSWORD, name: unknown = 'Somebody') =>
  browser(studio.url).post('/auth/register', { email, name, password });

/** What does not differ from request to request. */
async function told(answer: Response): Promise<unknown> {
  const problem = { ...((await answer.json()) as object), requestId: '' };
  const headers = [...answer.headers.keys()].filter((name) => name !== 'keep-alive').toSorted();
  return { status: answer.status, headers, problem };
}

describe('signing up', () => {
  test('makes the first account the administrator, and the next ones users', async () => {
    const { role } = await admin.json<{ role: string }>('GET', '/me');
    const other = await studio.signUp('second');
    expect([role, (await other.json<{ role: string }>('GET', '/me')).role]).toEqual(['admin', 'user']);
  });

  test('tells the state of sign-up, and what the app should say beforehand, to anybody', async () => {
    const { max_archive_bytes } = await studio.parts.processing.about();
    expect(await studio.stranger.json('GET', '/auth/state')).toEqual({
      registration: 'open',
      first_account: false,
      trash_days: 30,
      max_archive_bytes,
    });
  });

  test('keeps an email address once, whatever its letters and spaces', async () => {
    const answer = await register('  ADMIN@Example.COM ');
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([409, 'email_taken']);
  });

  test.each([
    ['too short', 'ninechars'],
    ['common', 'Password123'],
    ['the email address', 'fresh@example.com'],
    ['one letter', 'zzzzzzzzzzzzzz'],
    ['too long', 'ab'.repeat(101)],
    ['short once normalised', 'e\u0301'.repeat(5)],
    ['half a character', 'long enough \ud800'],
  ])('refuses a password that is %s', async (_why, password) => {
    expect((await register('fresh@example.com', password)).status).toBe(400);
  });

  test('takes a password of any script, and knows it in another spelling', async () => {
    expect((await register('any@example.com', 'Passwört für Käse 🧀')).status).toBe(201);
    expect((await login('any@example.com', 'Passwo\u0308rt fu\u0308r Ka\u0308se 🧀')).status).toBe(200);
  });

  test('keeps the password as argon2id with today’s cost, and nowhere in clear', async () => {
    const row = await studio.parts.store.get('users', admin.id);
    expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(JSON.stringify(await admin.json('GET', '/me'))).not.toContain('argon2');
  });
});

test('two first accounts at once: one of them administers', async () => {
  const fresh = await startStudio();
  bothLookFirst(fresh.parts.store, 'for any');
  try {
    const people = await Promise.all(['a', 'b', 'c', 'd'].map((name) => fresh.signUp(name)));
    const roles = await Promise.all(people.map((one) => one.json<{ role: string }>('GET', '/me')));
    expect(roles.map(({ role }) => role).toSorted()).toEqual(['admin', 'user', 'user', 'user']);
  } finally {
    await fresh.stop();
  }
});

test('two sign-ups with one email address at once: one account', async () => {
  const answers = await Promise.all(Array.from({ length: 4 }, () => register('twice@example.com')));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409]);
});

test('closed sign-up lets in the first account only', async () => {
  const closed = await startStudio({ environment: { VITRINE_REGISTRATION: 'closed', VITRINE_TRASH_DAYS: '7' } });
  try {
    expect(await closed.stranger.json('GET', '/auth/state')).toMatchObject({
      registration: 'closed',
      first_account: true,
      trash_days: 7,
    });
    await closed.signUp('first');
    const body = { email: 'second@example.com', name: 'Second', password: PASSWORD };
    await closed.stranger.json('POST', '/auth/register', body, 403);
  } finally {
    await closed.stop();
  }
});

test('sign-ups from one address are limited', async () => {
  const flooded = await startStudio();
  try {
    const body = { email: 'x@example.com', name: 'X', password: 'password123' };
    for (let tries = 0; tries < 20; tries += 1) await flooded.stranger.json('POST', '/auth/register', body, 400);
    const answer = await browser(flooded.url).post('/auth/register', { ...body, password: PASSWORD });
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(3000);
  } finally {
    await flooded.stop();
  }
});

describe('signing in', () => {
  test('raises the cost of an old hash', async () => {
    const { id, email } = await studio.signUp('old');
    const row = await studio.parts.store.get('users', id);
    // "correct horse battery staple" with a cost of yesterday.
    const { argon2Sync } = await import('node:crypto');
    const salt = Buffer.from('sixteen bytes ok');
    const old = argon2Sync('argon2id', {
      message: PASSWORD,
      nonce: salt,
      memory: 8192,
      passes: 1,
      parallelism: 1,
      tagLength: 32,
    });
    const text = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
    const password_hash = `$argon2id$v=19$m=8192,t=1,p=1$${text(salt)}$${text(old)}`;
    if (row) await studio.parts.store.write([{ update: 'users', row: { ...row, password_hash } }]);
    await signedIn(browser(studio.url), email);
    expect((await studio.parts.store.get('users', id))?.password_hash).toContain('m=19456,t=2,p=1');
    await signedIn(browser(studio.url), email);
  });

  test('D6 an operator instead of text is refused before any query', async () => {
    let queries = 0;
    const { store } = studio.parts;
    const find = store.find.bind(store);
    store.find = (collection, query) => {
      queries += 1;
      return find(collection, query);
    };
    const operator = { $gt: '' };
    const bodies = [
      { email: { $ne: null }, password: operator },
      { email: 'admin@example.com', password: operator },
      { email: ['admin@example.com'], password: PASSWORD },
      { email: { $where: 'true' }, password: PASSWORD },
      { email: 'admin@example.com', password: PASSWORD, $expr: true },
      null,
      [],
      'text',
    ];
    for (const body of bodies) expect((await browser(studio.url).post('/auth/login', body)).status).toBe(400);
    expect((await browser(studio.url).get('/users?role[$ne]=user', bearer(admin.token))).status).toBe(400);
    expect((await browser(studio.url).get('/users?a[$ne]=1', bearer(admin.token))).status).toBe(400);
    store.find = find;
    expect(queries).toBe(0);
  });

  test('D9 twenty wrong passwords: one has to wait, and nothing tells whether the account exists', async () => {
    await studio.signUp('target');
    const known: unknown[] = [];
    const unknown: unknown[] = [];
    for (let tries = 0; tries < 20; tries += 1) {
      known.push(await told(await login('target@example.com', `wrong password ${tries}`)));
      unknown.push(await told(await login('nobody@example.com', `wrong password ${tries}`)));
    }
    expect(known).toEqual(unknown);
    const statuses = known.map((each) => (each as { status: number }).status);
    expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(13);
    const answer = await login('target@example.com', PASSWORD);
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
  });

  test('D9 a thousand guesses at once are counted as a thousand', async () => {
    const { email } = await studio.signUp('stormed');
    const answers = await Promise.all(Array.from({ length: 60 }, (_, index) => login(email, `guess number ${index}`)));
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(5);
    expect(answers.every(({ status }) => status === 401 || status === 429)).toBe(true);
  });

  test('neither email nor address is kept in clear with the failures', async () => {
    const rows = (await studio.parts.store.find('throttles', { limit: 1000 })).rows;
    expect(rows.length).toBeGreaterThan(2);
    expect(JSON.stringify(rows)).not.toMatch(/example\.com|127\.0\.0\.1/);
  });

  test('a disabled account cannot sign in, and a wrong password does not tell that it is disabled', async () => {
    const { id, email } = await studio.signUp('disabled');
    await admin.json('PATCH', `/users/${id}`, { state: 'disabled' });
    expect((await login(email, PASSWORD)).status).toBe(403);
    expect((await login(email, 'a wrong password')).status).toBe(401);
  });
});

test('D9 an unknown email takes as long as a known one', async () => {
  const quiet = await startStudio();
  try {
    const names = Array.from({ length: 8 }, (_, index) => `timed${index}`);
    for (const name of names) await quiet.signUp(name);
    const timed = async (email: string) => {
      const start = performance.now();
      await quiet.stranger.json('POST', '/auth/login', { email, password: 'a wrong password' }, 401);
      return performance.now() - start;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (const name of names) {
      known.push(await timed(`${name}@example.com`));
      unknown.push(await timed(`no-${name}@example.com`));
    }
    const median = (times: number[]) => times.toSorted((a, b) => a - b)[4] ?? 0;
    expect(median(unknown) / median(known)).toBeGreaterThan(0.5);
    expect(median(unknown) / median(known)).toBeLessThan(2);
  } finally {
    await quiet.stop();
  }
});

test('success forgets the failures before it', async () => {
  const quiet = await startStudio();
  try {
    const { email } = await quiet.signUp('forgetful');
    for (let round = 0; round < 3; round += 1) {
      for (let tries = 0; tries < 4; tries += 1) {
        await quiet.stranger.json('POST', '/auth/login', { email, password: 'a wrong password' }, 401);
      }
      await quiet.stranger.json('POST', '/auth/login', { email, password: PASSWORD }, 200);
    }
  } finally {
    await quiet.stop();
  }
});

test('answers tell how long the token is good for', async () => {
  const body = { email: admin.email, password: PASSWORD };
  const { access_token, expires_in_s, user } = await studio.stranger.json<SignedIn>('POST', '/auth/login', body);
  expect(expires_in_s).toBe(600);
  const { exp, iat } = JSON.parse(Buffer.from(access_token.split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    number
  >;
  expect((exp ?? 0) - (iat ?? 0)).toBe(600);
  expect(user.id).toBe(admin.id);
});
