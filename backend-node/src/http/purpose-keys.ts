/** One secret, a key of its own for each purpose: what one signs, no other takes for its own. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** 32 bytes. */
export const purposeKey = (secret: string, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, '', `vitrine ${purpose}`, 32));

/** Text and its signature, with a dot between. */
export const signed = (key: Uint8Array, text: string): string => `${text}.${signatureOf(key, text)}`;

/** The text, or undefined where the signature is not ours. */
export function unsigned(key: Uint8Array, value: string): string | undefined {
  const dot = value.lastIndexOf('.');
  const text = value.slice(0, Math.max(dot, 0));
  const given = Buffer.from(value.slice(dot + 1));
  const expected = Buffer.from(signatureOf(key, text));
  return given.length === expected.length && timingSafeEqual(given, expected) ? text : undefined;
}

const signatureOf = (key: Uint8Array, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url');
