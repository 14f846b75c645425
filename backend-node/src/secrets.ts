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
import { weakness } from './weakness.ts';

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
