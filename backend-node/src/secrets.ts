/** Keys: given in the settings, or kept in a file of the data folder with mode 0600, made at the first start. */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { InvalidConfig } from './config.ts';

const LEAST_BYTES = 32;
const LEAST_BITS = 80;
const PLACEHOLDERS = ['change', 'secret', 'password', 'default', 'example', 'vitrine', 'placeholder', 'your-'];

/** The key. Throws InvalidConfig where it is weak, or where others on this machine can read its file. */
export function secretFrom(given: string, folder: string, file: string, variable: string): string {
  if (given !== '') return strong(given, variable);
  const path = join(folder, file);
  if (!existsSync(path)) create(path);
  if ((statSync(path).mode & 0o077) !== 0) {
    throw new InvalidConfig(`Expected ${path} to be readable by its owner only: run chmod 600 on it`);
  }
  return strong(readFileSync(path, 'utf8').trim(), path);
}

/** It appears whole: two processes that start at once agree on one key. */
function create(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const fresh = `${path}.${randomBytes(8).toString('hex')}`;
  const descriptor = openSync(fresh, 'wx', 0o600);
  try {
    writeSync(descriptor, `${randomBytes(48).toString('base64url')}\n`);
    fsyncSync(descriptor);
    linkSync(fresh, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    closeSync(descriptor);
    unlinkSync(fresh);
  }
}

function strong(secret: string, where: string): string {
  const complaint = weakness(secret);
  if (complaint !== undefined) throw new InvalidConfig(`${where}: ${complaint}`);
  return secret;
}

/** What is wrong with a key: too short, well known, or regular. */
export function weakness(secret: string): string | undefined {
  const bytes = Buffer.byteLength(secret);
  if (bytes < LEAST_BYTES) return `Expected at least ${LEAST_BYTES} bytes, received ${bytes}`;
  if (PLACEHOLDERS.some((word) => secret.toLowerCase().includes(word))) {
    return 'Expected random bytes, received something that reads like a placeholder';
  }
  if (repeats(secret) || Math.min(bits(secret), bits(steps(secret))) < LEAST_BITS) {
    return 'Expected random bytes, received something too regular';
  }
  return undefined;
}

/** The same again after at most half of it, whole or cut off at the end. */
function repeats(text: string): boolean {
  const lengths = Array.from({ length: Math.floor(text.length / 2) }, (_, index) => index + 1);
  return lengths.some((length) => text.startsWith(text.slice(length)));
}

/** Shannon's measure: how surprising the characters are, taken one by one. */
function bits(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return -[...counts.values()].reduce((sum, count) => sum + count * Math.log2(count / text.length), 0);
}

/** How each character differs from the one before: abcabc is surprising, its steps are not. */
const steps = (text: string): string =>
  Array.from({ length: text.length - 1 }, (_, at) =>
    String.fromCharCode((text.charCodeAt(at + 1) - text.charCodeAt(at) + 0xd800) % 0xd800),
  ).join('');
