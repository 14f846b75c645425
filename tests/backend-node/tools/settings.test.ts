import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadSettings, VARIABLES } from '../../../backend-node/src/config.ts';
import { program } from './program.ts';

const gatewayPart = (): string => readFileSync('.env.example', 'utf8').split('# Gateway\n\n')[1] ?? '';
const assignments = (): [string, string][] =>
  [...gatewayPart().matchAll(/^([A-Z0-9_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]);

test('.env.example lists every variable of the gateway, and no other', () => {
  const own = Object.values(VARIABLES).filter((variable) => !('shared' in variable && variable.shared));
  expect(assignments().map(([name]) => name)).toEqual(own.map(({ name }) => name));
  for (const { description, name, fallback } of own)
    expect(gatewayPart()).toContain(`# ${description}\n${name}=${fallback}\n`);
});

test('.env.example as it stands gives the defaults', () => {
  expect(loadSettings(Object.fromEntries(assignments()))).toEqual(loadSettings({}));
});

test('what both services read is in the part of the processing service', () => {
  const servicePart = readFileSync('.env.example', 'utf8').split('# Gateway\n\n')[0];
  const shared = Object.values(VARIABLES).filter((variable) => 'shared' in variable && variable.shared);
  for (const { name, fallback } of shared) expect(servicePart).toContain(`\n${name}=${fallback}\n`);
});

test('tells a supervisor where the gateway listens, and no secret', async () => {
  const secret = randomBytes(32).toString('hex');
  const told = await program('settings', 'now', { VITRINE_GATEWAY_PORT: '9', VITRINE_AUTH_SECRET: secret });
  expect(told).toMatchObject({ code: 0, complaint: '' });
  expect(JSON.parse(told.out)).toMatchObject({ host: '127.0.0.1', port: 9, store: 'sqlite' });
  expect(told.out).not.toContain(secret);
});

test('names every bad setting in one go', async () => {
  const told = await program('settings', 'now', { VITRINE_GATEWAY_PORT: 'x', VITRINE_TRASH_DAYS: '-1' });
  expect(told).toMatchObject({ code: 1, out: '' });
  expect(told.complaint).toMatch(/VITRINE_GATEWAY_PORT[^]*VITRINE_TRASH_DAYS/);
  expect(told.complaint).not.toContain('at ');
});

test('names weak keys that are given, and shows none', async () => {
  const told = await program('settings', 'now', {
    VITRINE_AUTH_SECRET: 'hunter2',
    VITRINE_SERVICE_SECRET: 'swordfish',
  });
  expect(told).toMatchObject({ code: 1, out: '' });
  expect(told.complaint).toMatch(/VITRINE_SERVICE_SECRET: Expected[^]*VITRINE_AUTH_SECRET: Expected/);
  expect(told.complaint).not.toMatch(/hunter2|swordfish/);
});

test('before a start, keys that are kept in files are looked at, and none is made', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-settings-'));
  const start = () => program('settings', 'start', { VITRINE_DATA_DIR: folder });
  try {
    expect(await start()).toMatchObject({ code: 0, complaint: '' });
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(join(folder, 'auth.secret'), 'hunter2\n', { mode: 0o600 });
    const weak = await start();
    expect(weak).toMatchObject({ code: 1, out: '' });
    expect(weak.complaint).toMatch(/auth\.secret: Expected at least 32 bytes/);
    const given = { VITRINE_DATA_DIR: folder, VITRINE_AUTH_SECRET: randomBytes(32).toString('hex') };
    expect(await program('settings', 'start', given)).toMatchObject({ code: 0 });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
