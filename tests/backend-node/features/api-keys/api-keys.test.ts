import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD, startStudio, type Client, type Studio } from '../../studio.ts';

let studio: Studio;
let admin: Client;
let person: Client;
let other: Client;

beforeAll(async () => {
  studio = await startStudio();
  admin = await studio.signUp('admin');
  person = await studio.signUp('person');
  other = await studio.signUp('other');
});
afterAll(() => studio.stop());

interface Key {
  readonly id: string;
  readonly key: string;
  readonly hint: string;
  readonly used_at: string;
}

const create = (who: Client, scopes: readonly string[], more: Record<string, unknown> = {}) =>
  who.json<Key>('POST', '/api-keys', { name: 'Key', scopes, ...more }, 201);
const get = (path: string, key: string) => studio.stranger.call(path, { headers: { 'X-Api-Key': key } });
const list = async (who: Client) => (await who.json<{ items: Key[] }>('GET', '/api-keys')).items;

test('a key is shown once, and kept as a hash', async () => {
  const { key, id, hint } = await create(person, ['account']);
  expect(key).toMatch(/^vt_[0-9A-Z]{26}_[A-Za-z0-9_-]{43}$/);
  expect(key.endsWith(hint)).toBe(true);
  const shown = JSON.stringify(await list(person));
  expect(shown).toContain(id);
  expect(shown).not.toMatch(/hash|"key"/);
  const secret = key.slice(30);
  expect(shown).not.toContain(secret);
  expect(JSON.stringify(await studio.parts.store.get('api_keys', id))).not.toContain(secret);
});

test('a key works in either header, and notes when it was used', async () => {
  const { key, id } = await create(person, ['account']);
  expect((await get('/me', key)).status).toBe(200);
  expect((await studio.stranger.call('/me', { headers: { Authorization: `Bearer ${key}` } })).status).toBe(200);
  const used = async () => (await list(person)).find((each) => each.id === id)?.used_at;
  const before = await used();
  expect(before).not.toBe('');
  await get('/me', key);
  expect(await used()).toBe(before);
});

test('a key and a token together are refused', async () => {
  const { key } = await create(person, ['account']);
  expect((await person.call('/me', { headers: { 'X-Api-Key': key } })).status).toBe(401);
});

describe('scopes', () => {
  test('limit what a key may do', async () => {
    const { key } = await create(admin, ['images:read', 'images:write', 'process']);
    expect((await get('/me', key)).status).toBe(403);
    expect((await get('/users', key)).status).toBe(403);
  });

  test('admin routes need an administrator and the scope admin', async () => {
    expect((await get('/users', (await create(admin, ['admin'])).key)).status).toBe(200);
    await person.json('POST', '/api-keys', { name: 'Key', scopes: ['admin'] }, 403);
  });

  test('of an administrator who is one no longer count no longer', async () => {
    await admin.json('PATCH', `/users/${other.id}`, { role: 'admin' });
    const { key } = await create(other, ['admin']);
    expect((await get('/users', key)).status).toBe(200);
    await admin.json('PATCH', `/users/${other.id}`, { role: 'user' });
    expect((await get('/users', key)).status).toBe(403);
  });

  test('a key makes no keys, and touches neither password nor account', async () => {
    const { key } = await create(person, ['account']);
    const send = (method: string, path: string, body: unknown) =>
      studio.stranger.call(path, {
        method,
        body: JSON.stringify(body),
        headers: { 'X-Api-Key': key, 'Content-Type': 'application/json' },
      });
    expect((await send('POST', '/api-keys', { name: 'K', scopes: ['account'] })).status).toBe(403);
    expect((await send('POST', '/auth/password', { current: PASSWORD, new: 'another good password' })).status).toBe(
      403,
    );
    expect((await send('DELETE', '/me', { password: PASSWORD })).status).toBe(403);
    expect((await get('/api-keys', key)).status).toBe(403);
    expect((await get('/me/sessions', key)).status).toBe(403);
  });
});

describe('a key stops at once', () => {
  test('when it is revoked', async () => {
    const { key, id } = await create(person, ['account']);
    await other.json('DELETE', `/api-keys/${id}`, undefined, 404);
    await person.json('DELETE', `/api-keys/${id}`, undefined, 204);
    expect((await get('/me', key)).status).toBe(401);
    await person.json('DELETE', `/api-keys/${id}`, undefined, 404);
  });

  test('when it ends', async () => {
    const { key } = await create(person, ['account'], { expires_at: new Date(Date.now() + 300).toISOString() });
    expect((await get('/me', key)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 350));
    expect((await get('/me', key)).status).toBe(401);
  });

  test('when its owner is disabled', async () => {
    const { key } = await create(other, ['account']);
    await admin.json('PATCH', `/users/${other.id}`, { state: 'disabled' });
    expect((await get('/me', key)).status).toBe(401);
  });
});

test('wrong keys are refused', async () => {
  const { key } = await create(person, ['account']);
  const mine = await create(person, ['account']);
  const crossed = `${key.slice(0, 30)}${mine.key.slice(30)}`;
  const last = key.endsWith('A') ? 'B' : 'A';
  for (const wrong of [
    `${key.slice(0, -2)}${last}${last}`,
    `${key}A`,
    key.slice(0, -1),
    crossed,
    'vt_',
    'vt__',
    'x',
    '',
    key.toLowerCase(),
  ]) {
    expect([wrong.length, (await get('/me', wrong)).status]).toEqual([wrong.length, 401]);
  }
});

test.each([
  { scopes: ['account'] },
  { name: '', scopes: ['account'] },
  { name: 'K', scopes: [] },
  { name: 'K', scopes: ['everything'] },
  { name: 'K', scopes: ['account', 'account'] },
  { name: 'K', scopes: ['account'], expires_at: '2020-01-01T00:00:00Z' },
  { name: 'K', scopes: ['account'], expires_at: 'never' },
  { name: 'K', scopes: ['account'], owner: 'me' },
  { name: 'K', scopes: 'account' },
  { name: 'K'.repeat(101), scopes: ['account'] },
])('D12 refuses %j', async (body) => {
  await person.json('POST', '/api-keys', body, 400);
});

test('an account has fifty keys at most', async () => {
  const many = await studio.signUp('many');
  for (let index = 0; index < 50; index += 1) await create(many, ['account']);
  await many.json('POST', '/api-keys', { name: 'Key', scopes: ['account'] }, 409);
});
