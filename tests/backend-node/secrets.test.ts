import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InvalidConfig } from '../../backend-node/src/config.ts';
import { secretFrom } from '../../backend-node/src/secrets.ts';
import { weakness } from '../../backend-node/src/weakness.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-secrets-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const given = (secret: string) => secretFrom(secret, folder, 'auth.secret', 'VITRINE_AUTH_SECRET');

const WEAK = [
  ['short', randomBytes(20).toString('base64url')],
  [
    'of 31 bytes',
    randomBytes(31)
      .toString('latin1')
      .replaceAll(/[^ -~]/g, 'q')
      .slice(0, 31),
  ],
  ['one letter', 'x'.repeat(64)],
  ['two letters', 'ab'.repeat(40)],
  ['a word again and again', 'correct horse '.repeat(6)],
  ['the alphabet', 'abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz'],
  ['a placeholder', `change-me-${randomBytes(32).toString('base64url')}`],
  ['an example', 'your-256-bit-secret-your-256-bit-secret'],
  ['a default', 'vitrine-default-auth-key-0123456789abcdef'],
] as const;

describe('D4', () => {
  test.each(WEAK)('a secret that is %s is refused, and not shown', (_what, secret) => {
    expect(() => given(secret)).toThrow(InvalidConfig);
    try {
      given(secret);
    } catch (error) {
      expect(String(error)).toContain('VITRINE_AUTH_SECRET');
      expect(String(error)).not.toContain(secret);
    }
  });

  test.each(WEAK)('a file with a secret that is %s is refused', (_what, secret) => {
    writeFileSync(join(folder, 'weak.secret'), secret, { mode: 0o600 });
    expect(() => secretFrom('', folder, 'weak.secret', 'VITRINE_AUTH_SECRET')).toThrow(InvalidConfig);
  });

  test('an empty file is refused: a key is not made up in its place', () => {
    writeFileSync(join(folder, 'empty.secret'), '', { mode: 0o600 });
    expect(() => secretFrom('', folder, 'empty.secret', 'VITRINE_AUTH_SECRET')).toThrow(InvalidConfig);
  });

  test.each(['1', 'x'.repeat(64), 'your-256-bit-secret-your-256-bit-secret'])(
    'the gateway does not start with %s',
    (secret) => {
      const started = spawnSync(process.execPath, ['backend-node/src/server.ts'], {
        env: {
          ...process.env,
          VITRINE_DATA_DIR: join(folder, 'data'),
          VITRINE_GATEWAY_PORT: '0',
          VITRINE_AUTH_SECRET: secret,
        },
        encoding: 'utf8',
        timeout: 20_000,
      });
      expect(started.status).toBe(1);
      expect(started.stderr).toContain('VITRINE_AUTH_SECRET');
      expect(started.stderr + started.stdout).not.toContain(secret.length > 1 ? secret : 'received "1"');
    },
  );

  test('a file that others can read is refused', () => {
    const path = join(folder, 'open.secret');
    writeFileSync(path, randomBytes(48).toString('base64url'));
    for (const mode of [0o644, 0o640, 0o604, 0o622]) {
      chmodSync(path, mode);
      expect(() => secretFrom('', folder, 'open.secret', 'VITRINE_AUTH_SECRET')).toThrow(/chmod 600/);
    }
    chmodSync(path, 0o600);
    expect(secretFrom('', folder, 'open.secret', 'VITRINE_AUTH_SECRET')).toHaveLength(64);
  });
});

test('a strong secret is taken as given', () => {
  for (const encoding of ['hex', 'base64', 'base64url'] as const) {
    const secret = randomBytes(48).toString(encoding);
    expect([weakness(secret), given(secret)]).toEqual([undefined, secret]);
  }
});

test('without one a key is made, for its owner only, and found again', () => {
  const made = secretFrom('', join(folder, 'new'), 'auth.secret', 'VITRINE_AUTH_SECRET');
  const path = join(folder, 'new', 'auth.secret');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, 'utf8')).toBe(`${made}\n`);
  expect(secretFrom('', join(folder, 'new'), 'auth.secret', 'VITRINE_AUTH_SECRET')).toBe(made);
});
