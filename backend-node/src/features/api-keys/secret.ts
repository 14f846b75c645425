/** What an API key looks like: vt_, the id of its row, and a secret of which only the hash is kept. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const SECRET_BYTES = 32;
const KEY = /^vt_([0-9A-HJKMNP-TV-Z]{26})_([A-Za-z0-9_-]{43})$/;

export interface NewKey {
  readonly key: string;
  readonly hash: string;
  /** Its last characters. */
  readonly hint: string;
}

export function newKey(id: string): NewKey {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return { key: `vt_${id}_${secret}`, hash: hashOf(secret), hint: secret.slice(-4) };
}

export function parsedKey(key: string): { readonly id: string; readonly hash: string } | undefined {
  const [, id, secret] = KEY.exec(key) ?? [];
  return id !== undefined && secret !== undefined ? { id, hash: hashOf(secret) } : undefined;
}

export const sameHash = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
