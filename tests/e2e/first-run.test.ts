/** The first minute of a new Vitrine. */
import { expect, test } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { PASSWORD } from './studio.ts';
import { calm, studioOfFile } from './story.ts';

const studio = studioOfFile();
const SAMPLES = 7;

test('nobody has an account: the administrator signs up, tries the sample photos, and sees them finished', async () => {
  const window = await studio().open('/');
  const { page } = window;
  await page
    .getByRole('slider', { name: /before and after/i })
    .first()
    .waitFor();
  await expectAccessible(page, 'home of visitors');
  await page.getByRole('link', { name: 'Create the administrator’s account' }).click();
  await page.getByRole('heading', { name: 'Create the administrator’s account' }).waitFor();
  await page.getByLabel('Your name').fill('Ada King');
  await page.getByLabel('Email').fill('ada@example.com');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create the account' }).click();

  await page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
  await expectAccessible(page, 'home, signed in');
  await page.getByRole('button', { name: 'Try with sample photos' }).click();
  const latest = page.getByRole('region', { name: 'Latest pictures' });
  await expect.poll(() => latest.getByRole('slider').count(), { timeout: 120_000, interval: 300 }).toBe(SAMPLES);
  await expectAccessible(page, 'home with results');

  await latest.getByRole('link', { name: 'To your gallery' }).click();
  const pictures = page.getByRole('group', { name: 'Pictures' });
  await expect.poll(() => pictures.getByRole('link').count()).toBe(SAMPLES);
  await expect.poll(() => pictures.getByText(/^(?:Edited|Passed|Needs a look)$/).count()).toBe(SAMPLES);
  // The administrator is one.
  await page.getByRole('link', { name: 'Admin' }).click();
  await page.getByRole('heading', { name: 'Admin' }).waitFor();
  calm(window);
});

test('the next one who comes signs up as a member', async () => {
  const window = await studio().open('/');
  const { page } = window;
  await page.getByRole('link', { name: 'Get started' }).click();
  await page.getByRole('heading', { name: 'Sign up' }).waitFor();
  await window.signUp('Grace', '/gallery');
  await page.getByRole('heading', { name: 'Your case is empty' }).waitFor();
  expect(await page.getByRole('link', { name: 'Admin' }).count()).toBe(0);
  await window.go('/admin');
  await page.getByRole('heading', { name: 'This page is for administrators' }).waitFor();
  await expectAccessible(page, 'admin of somebody else');
  calm(window);
});
