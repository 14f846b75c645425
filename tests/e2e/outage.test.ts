/** What people see while something does not answer, and once it is back. */
import { afterEach, expect, test } from 'vitest';
import { photo } from '../backend-node/photos.ts';
import { expectAccessible } from './accessible.ts';
import { calm, studioOfFile } from './story.ts';

const studio = studioOfFile();
afterEach(() => studio().startService());
const AWAY = 'The part that works on pictures is away.';
const OFFLINE = 'Vitrine does not answer.';
const BACK = 'Connected again.';
/** The browser itself tells of requests that failed. */
const FAILED = /Failed to load resource|net::ERR|EventSource/;

test('the processing service goes: a banner says so, pictures are still there, a draft is kept; it comes back', async () => {
  const window = await studio().open('/sign-up');
  const { page } = window;
  const account = await window.signUp('Ada');
  const [picture] = await account.upload([['mug.png', photo('coffee.png')]]);
  if (!picture) throw new Error('Expected a picture');
  await window.go(`/images/${picture.id}/edit`);
  const result = page.getByRole('img', { name: 'mug.png, as the steps make it' });
  await result.waitFor();
  await studio().stopService();
  await page.getByRole('button', { name: /^Sepia/ }).click();
  await page.getByText(AWAY).waitFor();
  await expectAccessible(page, 'edit, without the service');
  await page.getByRole('switch', { name: 'Run Sepia' }).waitFor();

  await window.go('/gallery');
  await page.getByRole('link', { name: 'mug.png' }).waitFor();
  const thumb = page.getByRole('img', { name: 'mug.png' });
  await expect.poll(() => thumb.evaluate((img) => (img as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
  await window.go(`/images/${picture.id}/edit`);
  await page.getByText(/You have a draft/).waitFor();

  await studio().startService();
  await expect.poll(() => page.getByText(AWAY).count(), { timeout: 20_000 }).toBe(0);
  await page.getByText('Rendering', { exact: true }).waitFor({ state: 'hidden' });
  await result.waitFor();
  window.expect(FAILED);
  calm(window);
});

test('the gateway goes: the page stays as it is, and goes on once the gateway is back', async () => {
  const window = await studio().open('/sign-up');
  const { page } = window;
  await window.signUp('Grace', '/profile');
  await page.getByLabel('Name', { exact: true }).fill('Grace H');
  await studio().gateway.kill();
  await page.getByRole('button', { name: 'Save' }).first().click();
  await page.getByText(OFFLINE).waitFor();
  await expectAccessible(page, 'profile, offline');
  // What was typed is still there.
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Grace H');
  await studio().gateway.start();
  await page.getByText(BACK).waitFor();
  await expect.poll(() => page.getByText(BACK).count(), { timeout: 15_000 }).toBe(0);
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Grace H');
  await page.getByRole('button', { name: 'Save' }).first().click();
  await page.getByText('Saved.').waitFor();
  window.expect(FAILED);
  calm(window);
});
