/** Many pictures, and many files at once. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { picture } from '../backend-node/photos.ts';
import type { Account } from './account.ts';
import { calm, studioOfFile } from './story.ts';

const studio = studioOfFile();
const PICTURES = 1000;
const FILES = 2000;
/** More than fit on a screen, far fewer than there are. */
const MOST_AT_ONCE = 400;
const PER_REQUEST = 50;
const AT_ONCE = 3;

/** Drawn ones, a lot in each request. */
async function fill(account: Account): Promise<void> {
  const lots = Array.from({ length: PICTURES / PER_REQUEST }, (_, lot) =>
    Array.from({ length: PER_REQUEST }, (__, at) => {
      const seed = lot * PER_REQUEST + at;
      return [`p${String(seed).padStart(4, '0')}.png`, picture(seed)] as const;
    }),
  );
  const work = async () => {
    for (let lot = lots.pop(); lot; lot = lots.pop()) await account.upload(lot);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

test('a thousand pictures: few are in the page at once, the end is near, all can be selected, one is found', async () => {
  const window = await studio().open('/sign-up');
  const { page } = window;
  const account = await window.signUp('Ada');
  await fill(account);
  await window.go('/gallery?sort=name');
  const pictures = page.getByRole('group', { name: 'Pictures' });
  const links = pictures.getByRole('link');
  await page.getByText('1,000 pictures').waitFor();
  await pictures.getByRole('link', { name: 'p0000.png' }).waitFor();
  expect(await links.count()).toBeLessThan(MOST_AT_ONCE);

  await page.keyboard.press('End');
  await pictures.getByRole('link', { name: 'p0999.png' }).waitFor();
  expect(await links.count()).toBeLessThan(MOST_AT_ONCE);
  expect(await pictures.getByRole('link', { name: 'p0000.png' }).count()).toBe(0);

  // Where one was is where one comes back to.
  const scrolled_px = await page.evaluate(() => scrollY);
  await pictures.getByRole('link', { name: 'p0990.png' }).click();
  await page.getByRole('heading', { name: 'p0990.png' }).waitFor({ state: 'attached' });
  await page.goBack();
  await pictures.getByRole('link', { name: 'p0990.png' }).waitFor();
  expect(await page.evaluate(() => scrollY)).toBe(scrolled_px);

  await page.keyboard.press('Control+a');
  await page.getByRole('toolbar', { name: '1,000 selected' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type('p0500');
  await page.keyboard.press('Enter');
  await page.getByText('1 picture', { exact: true }).waitFor();
  await pictures.getByRole('link', { name: 'p0500.png' }).waitFor();
  calm(window);
});

test('a folder of two thousand files: only what is in sight is drawn, and every file ends as told', async () => {
  const folder = join(studio().home, 'many');
  mkdirSync(folder);
  for (let at = 0; at < FILES; at += 1) writeFileSync(join(folder, `p${at}.png`), picture(10_000 + at));
  const window = await studio().open('/sign-up');
  const { page } = window;
  const account = await window.signUp('Grace', '/upload');
  await window.choose('Choose a folder', folder);
  await page.getByRole('button', { name: 'Upload 2,000 pictures' }).click();
  const rows = page.getByRole('list', { name: 'Files' }).getByRole('listitem');
  await rows.first().waitFor();
  expect(await rows.count()).toBeLessThan(60);
  await page.getByRole('heading', { name: 'All there' }).waitFor({ timeout: 150_000 });
  await page.getByText(/^2,000 of 2,000 pictures/).waitFor();
  expect(await rows.count()).toBeLessThan(60);
  const { total } = await account.call<{ total: number }>('GET', '/images?count=true&limit=1');
  expect(total).toBe(FILES);
  calm(window);
});
