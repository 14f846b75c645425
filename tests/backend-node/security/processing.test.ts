import { SignJWT } from 'jose';
import { describe, expect, inject, test } from 'vitest';

const { url, secret } = inject('pyservice');

const ROUTES = [
  ['GET', '/about'],
  ['POST', '/blobs'],
  ['GET', `/blobs/${'0'.repeat(64)}`],
  ['DELETE', `/blobs/${'0'.repeat(64)}`],
  ['POST', '/render'],
  ['POST', '/recipes/judge'],
  ['POST', '/inspect'],
  ['POST', '/check'],
  ['GET', '/operations'],
  ['GET', '/presets'],
  ['GET', '/channels'],
  ['GET', '/models'],
] as const;

const signed = (key: string, claims: { aud?: string; iss?: string; exp?: number } = {}): Promise<string> =>
  new SignJWT()
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(claims.iss ?? 'vitrine-gateway')
    .setAudience(claims.aud ?? 'vitrine-pyservice')
    .setIssuedAt()
    .setExpirationTime(claims.exp ?? '1m')
    .sign(Buffer.from(key));

const call = async (method: string, path: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${url}${path}`, { method, headers, ...(method === 'POST' && { body: '{}' }) });
  await answer.arrayBuffer();
  return answer.status;
};

describe.each(ROUTES)('D10 %s %s of the processing service', (method, path) => {
  test('answers 401 without a service token', async () => {
    expect(await call(method, path)).toBe(401);
  });

  test('answers 401 to a token that the gateway did not sign for it', async () => {
    const tokens = [
      await signed('another secret of more than 32 bytes, made up'),
      await signed(secret, { aud: 'vitrine' }),
      await signed(secret, { iss: 'somebody' }),
      await signed(secret, { exp: 1 }),
    ];
    for (const token of tokens) expect(await call(method, path, { Authorization: `Bearer ${token}` })).toBe(401);
  });
});

test('D10 the token that these tests are about does open it', async () => {
  expect(await call('GET', '/about', { Authorization: `Bearer ${await signed(secret)}` })).toBe(200);
});
