import { afterAll, beforeAll, expect, test } from 'vitest';
import { formOf, picture } from '../../photos.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';

let studio: Studio;
let admin: Client;

beforeAll(async () => {
  studio = await startStudio();
  admin = await studio.signUp('admin');
});
afterAll(() => studio.stop());

interface Told {
  readonly users: number;
  readonly images: number;
  readonly versions: number;
  readonly database: string;
  readonly disk: { readonly free_bytes: number; readonly total_bytes: number };
}

test('an administrator sees how much all accounts store, and the room that is left', async () => {
  const anna = await studio.signUp('anna');
  await anna.call('/images', { method: 'POST', body: formOf([['a.png', picture(7)]]) });
  const told = await admin.json<Told>('GET', '/storage');
  expect(told).toMatchObject({ users: 2, images: 1, versions: 0, database: 'sqlite' });
  expect(told.disk.free_bytes).toBeGreaterThan(0);
  expect(told.disk.total_bytes).toBeGreaterThan(told.disk.free_bytes);
});
