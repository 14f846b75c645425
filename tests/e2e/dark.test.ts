/** Each page in the light and in the dark. */
import type { BrowserContext, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { photo } from '../backend-node/photos.ts';
import { expectAccessible } from './accessible.ts';
import { calm, studioOfFile } from './story.ts';

const studio = studioOfFile();
const SCHEMES = ['light', 'dark'] as const;

async function inBoth(page: Page, where: string): Promise<void> {
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, `${where}, ${colorScheme}`);
  }
}

test('every page is readable in both, as the system has it', async () => {
  const window = await studio().open('/');
  const { page } = window;
  const headed = async (path: string) => {
    await window.go(path);
    await page.getByRole('heading').first().waitFor({ state: 'attached' });
  };
  for (const path of ['/', '/sign-in', '/sign-up', '/s/no.link', '/nowhere']) {
    await headed(path);
    await inBoth(page, path);
  }
  const account = await window.signUp('Ada');
  for (const path of ['/', '/gallery', '/upload', '/albums', '/trash']) {
    await headed(path);
    await inBoth(page, `${path}, empty`);
  }
  const [picture] = await account.upload(
    [
      ['mug.png', photo('coffee.png')],
      ['cat.png', photo('chelsea.png')],
    ],
    { tags: 'red, mug', sku: 'M-1' },
  );
  if (!picture) throw new Error('Expected a picture');
  await account.call('POST', `/images/${picture.id}/versions`, { preset: 'remove-background' });
  const { id: album } = await account.call<{ id: string }>('POST', '/albums', { name: 'Autumn' });
  await account.call('POST', `/albums/${album}/images`, { ids: [picture.id] });
  const { url } = await account.call<{ url: string }>('POST', `/albums/${album}/shares`, {});
  const rest = [
    '/',
    '/gallery',
    `/gallery?tag=mug`,
    '/albums',
    `/albums/${album}`,
    `/images/${picture.id}`,
    `/images/${picture.id}/edit`,
    '/profile',
    '/admin',
    url,
  ];
  for (const path of rest) {
    await headed(path);
    await inBoth(page, path);
  }
  await window.go('/gallery');
  await page.getByRole('link', { name: 'mug.png' }).waitFor();
  await page.keyboard.press('Control+a');
  await page.getByRole('toolbar', { name: '2 selected' }).waitFor();
  await inBoth(page, 'selection');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+?');
  await page.getByRole('dialog').waitFor();
  await inBoth(page, 'keyboard help');
  window.expect(/status of 403/);
  calm(window);
});

/** The colour behind everything, noted by the page itself as soon as there is one. */
async function noteGrounds(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      sessionStorage.setItem('ground', getComputedStyle(document.body).backgroundColor);
    });
  });
}

test('who chooses dark has it at once, on every page, after loading again and in another tab', async () => {
  const window = await studio().open('/sign-up', { colorScheme: 'light' });
  const { page } = window;
  await noteGrounds(page.context());
  await window.signUp('Grace');
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByRole('button', { name: 'You: Grace' }).click();
  await page.getByText('Dark', { exact: true }).click();
  await expect.poll(ground).not.toBe(light);
  const dark = await ground();
  await page.reload();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  expect(await page.evaluate(() => sessionStorage.getItem('ground'))).toBe(dark);
  expect(await ground()).toBe(dark);
  const other = await page.context().newPage();
  await other.goto(new URL('/profile', page.url()).href);
  await other.getByRole('heading', { name: 'Profile' }).waitFor();
  expect(await other.evaluate(() => sessionStorage.getItem('ground'))).toBe(dark);
  expect(await other.getByRole('radio', { name: 'Dark' }).isChecked()).toBe(true);
  calm(window);
});
