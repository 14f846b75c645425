import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { newSecret, signedHeaders } from '../../../../backend-node/src/features/webhooks/signing.ts';

const BODY = '{"type":"batch.ended","data":{"name":"Schuhe für München"}}';
const MINUTE_MS = 60_000;

test('a secret is random, and longer than anybody can guess', () => {
  const secrets = new Set(Array.from({ length: 100 }, newSecret));
  expect(secrets.size).toBe(100);
  for (const secret of secrets) {
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]+=*$/);
    expect(Buffer.from(secret.slice(6), 'base64').length).toBeGreaterThanOrEqual(24);
  }
});

test('what is signed here, a receiver that we did not write takes for genuine', () => {
  const secret = newSecret();
  expect(new Webhook(secret).verify(BODY, signedHeaders(secret, 'msg', BODY))).toMatchObject({ type: 'batch.ended' });
});

test('E6 what was altered on the way is refused', () => {
  const secret = newSecret();
  const headers = signedHeaders(secret, 'msg', BODY);
  const receiver = new Webhook(secret);
  const altered = [
    () => receiver.verify(BODY.replace('ended', 'begun'), headers),
    () => receiver.verify(BODY, { ...headers, 'webhook-id': 'another' }),
    () => receiver.verify(BODY, { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1) }),
    () => receiver.verify(BODY, { ...headers, 'webhook-signature': 'v1,AAAA' }),
    () => new Webhook(newSecret()).verify(BODY, headers),
  ];
  for (const each of altered) expect(each).toThrow('No matching signature');
});

test('E6 what is older than five minutes is refused', () => {
  const secret = newSecret();
  const old = signedHeaders(secret, 'msg', BODY, new Date(Date.now() - 6 * MINUTE_MS));
  expect(() => new Webhook(secret).verify(BODY, old)).toThrow('too old');
});
