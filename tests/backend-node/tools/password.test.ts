import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD, startStudio, type Client, type Studio } from '../studio.ts';
import { program, type Ending } from './program.ts';

const WANTED = 'a whole new pass phrase';

let studio: Studio;
let admin: Client;
let count = 0;
beforeAll(async () => {
  studio = await startStudio();
  admin = await studio.signUp('admin');
});
afterAll(() => studio.stop());

const someone = (): Promise<Client> => {
  count += 1;
  return studio.signUp(`forgetful${count}`);
};

const reset = (email: string, password: string, data_dir = studio.data_dir): Promise<Ending> =>
  program('password', email, { VITRINE_DATA_DIR: data_dir }, password);

async function signIn(email: string, password: string): Promise<number> {
  const body = JSON.stringify({ email, password });
  const headers = { 'Content-Type': 'application/json' };
  return (await studio.stranger.call('/auth/login', { method: 'POST', body, headers })).status;
}

test('the new password signs in, the old one does not, and who was signed in is not any more', async () => {
  const anna = await someone();
  expect(await reset(` ${anna.email.toUpperCase()} `, `${WANTED}\n`)).toEqual({ code: 0, out: '', complaint: '' });
  expect((await anna.call('/me')).status).toBe(401);
  expect(await signIn(anna.email, PASSWORD)).toBe(401);
  expect(await signIn(anna.email, WANTED)).toBe(200);
});

test('others stay signed in', async () => {
  const [anna, bob] = [await someone(), await someone()];
  await reset(anna.email, WANTED);
  expect((await bob.call('/me')).status).toBe(200);
});

test('a gateway that runs writes its next entry behind that of the reset', async () => {
  const anna = await someone();
  await admin.json('PATCH', '/me', { name: 'Before' });
  expect(await reset(anna.email, WANTED)).toMatchObject({ code: 0 });
  await admin.json('PATCH', '/me', { name: 'After' });
  interface Entries {
    readonly items: readonly { readonly action: string; readonly actor: string; readonly target: string }[];
  }
  const { items } = await admin.json<Entries>('GET', '/audit?all=true&limit=2');
  expect(items[0]).toMatchObject({ action: 'account.renamed', actor: admin.id });
  expect(items[1]).toMatchObject({ action: 'account.password_reset', actor: '', target: anna.id, owner: anna.id });
  expect(await admin.json('GET', '/audit/verify')).toMatchObject({ broken_at: null });
});

test.each([
  ['too short', 'hunter2'],
  ['empty', '\n'],
  ['too long', 'x1'.repeat(101)],
  ['common', 'password123'],
])('a password that is %s is refused and not shown, and nothing changes', async (_, password) => {
  const anna = await someone();
  const told = await reset(anna.email, password);
  expect(told).toMatchObject({ code: 1, out: '' });
  expect(told.complaint).toMatch(/^(In the password: )?Expected [^\n]*\n$/);
  if (password.trim() !== '') expect(told.complaint).not.toContain(password);
  expect((await anna.call('/me')).status).toBe(200);
});

test('an email address is not a good password', async () => {
  const anna = await someone();
  expect((await reset(anna.email, anna.email)).complaint).toMatch('other than the email address');
});

test('says so where there is no such account', async () => {
  expect(await reset('nobody@example.com', WANTED)).toEqual({
    code: 1,
    out: '',
    complaint: 'Expected an email address that has an account, received nobody@example.com\n',
  });
  expect(await reset('nobody', WANTED)).toMatchObject({ code: 1 });
});

test('makes no metadata where there is none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-password-'));
  expect(await reset('anna@example.com', WANTED, folder)).toEqual({ code: 3, out: '', complaint: '' });
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
});
