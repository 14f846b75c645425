import { createHmac, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { purposeKey } from '../../../../backend-node/src/http/purpose-keys.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';
import { bearer, browser } from './browser.ts';

let studio: Studio;
let person: Client;
let other: Client;
let claims: Record<string, unknown>;

beforeAll(async () => {
  studio = await startStudio();
  person = await studio.signUp('person');
  other = await studio.signUp('other');
  claims = decoded(person.token.split('.')[1] ?? '');
});
afterAll(() => studio.stop());

const decoded = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const HEADER = { alg: 'HS256', typ: 'at+jwt' };

/** A token signed with our own key, unless another is given. */
function forged(
  changes: Record<string, unknown> = {},
  header: Record<string, unknown> = HEADER,
  key?: string | Uint8Array,
): string {
  const text = `${encoded(header)}.${encoded({ ...claims, ...changes })}`;
  const secret = key ?? purposeKey(studio.parts.secret, 'access token');
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

async function statusOf(token: string): Promise<number> {
  return (await browser(studio.url).get('/me', bearer(token))).status;
}

test('a token made as ours are is taken: the forgeries below differ in one thing only', async () => {
  expect(await statusOf(forged())).toBe(200);
});

test.each(['none', 'None', 'nOnE', 'HS512', 'HS384', 'RS256', '', null])('D1 alg %s is refused', async (alg) => {
  const unsigned = `${encoded({ ...HEADER, alg })}.${encoded(claims)}`;
  expect(await statusOf(`${unsigned}.`)).toBe(401);
  expect(await statusOf(`${unsigned}.${forged().split('.')[2] ?? ''}`)).toBe(401);
  expect(await statusOf(forged({}, { ...HEADER, alg }))).toBe(401);
});

test('D1 a missing or empty signature is refused', async () => {
  const [header, payload] = person.token.split('.');
  for (const token of [`${header}.${payload}.`, `${header}.${payload}`, `${header}..`, '..', 'x']) {
    expect(await statusOf(token)).toBe(401);
  }
});

test('D2 a key that the token brings or names is not used', async () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  expect(await statusOf(forged({}, HEADER, pem))).toBe(401);
  const own = Buffer.from('a key of the attacker, 32 bytes..');
  const jwk = { kty: 'oct', k: own.toString('base64url') };
  expect(await statusOf(forged({}, { ...HEADER, jwk }, own))).toBe(401);
  expect(await statusOf(forged({}, { ...HEADER, jku: 'http://127.0.0.1/keys' }, own))).toBe(401);
  expect(await statusOf(forged({}, { ...HEADER, kid: '../../dev/null' }, ''.padEnd(1, '\0')))).toBe(401);
});

test.each(['jwk', 'jku', 'x5u', 'x5c', 'kid', 'crit', 'b64', 'zip', 'other'])(
  'D2 a header with %s is refused even where the signature is ours',
  async (name) => {
    const value = name === 'crit' ? ['b64'] : name === 'b64' ? false : 'x';
    expect(await statusOf(forged({}, { ...HEADER, [name]: value }))).toBe(401);
  },
);

const now_s = () => Math.floor(Date.now() / 1000);

test.each([
  ['expired', () => ({ exp: now_s() - 1 })],
  ['not valid yet', () => ({ nbf: now_s() + 60 })],
  ['of another issuer', () => ({ iss: 'vitrine-service' })],
  ['for another audience', () => ({ aud: 'vitrine-pyservice' })],
  ['without issuer', () => ({ iss: undefined })],
  ['without audience', () => ({ aud: undefined })],
  ['without end', () => ({ exp: undefined })],
  ['with text as end', () => ({ exp: 'tomorrow' })],
  ['without time of issue', () => ({ iat: undefined })],
  ['issued long ago, with an end far away', () => ({ iat: now_s() - 7200, exp: now_s() + 7200 })],
  ['issued in the future', () => ({ iat: now_s() + 3600, exp: now_s() + 4000 })],
  ['without subject', () => ({ sub: undefined })],
  ['without session', () => ({ sid: undefined })],
  ['with an object as session', () => ({ sid: { $ne: '' } })],
  ['of another person', () => ({ sub: other.id })],
  ['of no session', () => ({ sid: '01ARZ3NDEKTSV4RRFFQ69G5FAV' })],
])('D3 a token %s is refused', async (_what, changes) => {
  expect(await statusOf(forged(changes()))).toBe(401);
});

test('D3 tampered claims are refused', async () => {
  const [header, , signature] = person.token.split('.');
  expect(await statusOf(`${header}.${encoded({ ...claims, sub: other.id })}.${signature}`)).toBe(401);
  expect(await statusOf(`${header}.${encoded({ ...claims, role: 'admin' })}.${signature}`)).toBe(401);
});

test('D3 a role in the token counts for nothing', async () => {
  const otherClaims = decoded(other.token.split('.')[1] ?? '');
  const answer = await browser(studio.url).get('/users', bearer(forged({ ...otherClaims, role: 'admin' })));
  expect(answer.status).toBe(403);
});

test.each([JSON.stringify({ alg: 'HS256', typ: 'JWT' }), JSON.stringify({ alg: 'HS256' })])(
  'D3 a token of another type (%s) is refused',
  async (header) => {
    expect(await statusOf(forged({}, JSON.parse(header) as Record<string, unknown>))).toBe(401);
  },
);

test.each([
  ['Basic', { Authorization: `Basic ${Buffer.from('person@example.com:x').toString('base64')}` }],
  ['no scheme', { Authorization: 'x' }],
  ['empty', { Authorization: '' }],
  ['Bearer alone', { Authorization: 'Bearer' }],
  ['far too long', { Authorization: `Bearer ${'x'.repeat(5000)}` }],
  ['none at all', {}],
])('a credential that is %s is 401 with a challenge', async (_what, headers) => {
  const answer = await browser(studio.url).get('/me', headers);
  expect(answer.status).toBe(401);
  expect(answer.headers.get('WWW-Authenticate')).toContain('Bearer');
});
