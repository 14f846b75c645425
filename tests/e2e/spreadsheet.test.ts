/** A zip with a spreadsheet goes in, a table and a zip of results come out. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { photo } from '../backend-node/photos.ts';
import { expectAccessible } from './accessible.ts';
import { shownBy } from './pixels.ts';
import { calm, SOON, studioOfFile } from './story.ts';
import { rowsOf, unzipped, zipOf } from './tables.ts';

const studio = studioOfFile();

const NAMES = [
  'coffee.png',
  'chelsea.png',
  'rocket.jpg',
  'camera.png',
  'coins.png',
  'horse.png',
  'astronaut.png',
  'page.png',
] as const;

const TABLE = [
  'filename,brightness,output.format,sku,product_group',
  'coffee.png,1.2,webp,CUP-01,cups',
  'chelsea.png,9,,CAT-01,pets',
  'ghost.png,,,GHO-01,pets',
  'rocket.jpg,,,ROC-01,toys',
].join('\r\n');

/** Rows first, then the pictures that no row names. */
const FATES = [
  ['coffee.png', 'ok'],
  ['chelsea.png', 'failed'],
  ['ghost.png', 'failed'],
  ['rocket.jpg', 'ok'],
  ['astronaut.png', 'ok'],
  ['camera.png', 'ok'],
  ['coins.png', 'ok'],
  ['horse.png', 'ok'],
  ['page.png', 'ok'],
];

async function shop(home: string): Promise<string> {
  const files = NAMES.map((name) => [`autumn/${name}`, photo(name)] as const);
  const path = join(home, 'autumn.zip');
  writeFileSync(path, await zipOf({ ...Object.fromEntries(files), 'autumn/products.csv': Buffer.from(TABLE) }));
  return path;
}

/** How many pictures of the batch were seen to be done, from now on and for as long as the page is not loaded again. */
const watch = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const seen = new Set<number>();
    Object.assign(globalThis, { seen });
    const look = () => seen.add(document.querySelectorAll('[data-place][data-state="done"]').length);
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
  });

const watched = (page: Page): Promise<number[]> =>
  page.evaluate(() => [...((globalThis as { seen?: Set<number> }).seen ?? [])].toSorted((a, b) => a - b));

test('a zip with a spreadsheet is dropped, the grid fills, what failed says why, the table and the zip are right', async () => {
  const window = await studio().open();
  const { page } = window;
  await window.signUp('Ada', '/upload');
  await watch(page);
  await window.drop(await shop(studio().home));
  await page.getByRole('heading', { name: /^A zip/ }).waitFor();
  await expectAccessible(page, 'upload, a zip chosen');
  const send = page.getByRole('button', { name: 'Send the zip' });
  expect(await send.isDisabled()).toBe(true);
  await page.getByRole('combobox', { name: 'Then apply a preset' }).fill('White back');
  await page.getByRole('option', { name: 'White background' }).click();
  await send.click();

  await page.waitForURL(/\/batches\/\w+/);
  const cells = page.getByRole('group', { name: 'Pictures of the batch' });
  await page.getByText('9 of 9').first().waitFor({ timeout: 120_000 });
  await cells.getByRole('link', { name: 'autumn/page.png: ' }).waitFor();
  await expect.poll(() => watched(page), SOON).toContain(7);
  expect((await watched(page)).some((count) => count > 0 && count < 7)).toBe(true);
  await page.getByText('Some failed').waitFor();
  await expectAccessible(page, 'batch, grid');

  // What failed says where, what was expected and what came.
  await cells.getByRole('button', { name: 'chelsea.png: Row mistake' }).click();
  const failed = page.getByRole('dialog', { name: 'Row mistake' });
  await failed.getByText('Row 3').first().waitFor();
  const told = await failed.innerText();
  for (const part of ['brightness', 'at most 3', '9', 'chelsea.png', 'CAT-01']) expect(told).toContain(part);
  await expectAccessible(page, 'batch, a failed row');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Failed/ }).click();
  await page.getByText('List', { exact: true }).click();
  const table = page.getByRole('table', { name: 'Pictures of the batch' });
  await expect.poll(() => table.getByRole('row').count(), SOON).toBe(3);
  const ghost = await table.getByRole('row').filter({ hasText: 'ghost.png' }).innerText();
  expect(ghost).toMatch(/\b4\b/);
  expect(ghost).toMatch(/ghost\.png.*\w+ \w+ \w+/s);
  await expectAccessible(page, 'batch, list');

  await page.getByRole('main').getByRole('button', { name: 'More', exact: true }).click();
  const csv = await window.downloaded(page.getByRole('menuitem', { name: 'Download the table' }));
  expect(csv.name).toMatch(/-result\.csv$/);
  const rows = rowsOf(csv.bytes);
  expect(rows.map(({ filename, status }) => [filename?.replace('autumn/', ''), status])).toEqual(FATES);
  expect(rows[0]).toMatchObject({ brightness: '1.2', sku: 'CUP-01', product_group: 'cups', error: '' });
  expect(rows[1]).toMatchObject({ processed_path: '', mask_path: '', sku: 'CAT-01' });
  expect(rows[1]?.['error']).toMatch(/row 3.*brightness.*9/is);

  const zip = await window.downloaded(page.getByRole('link', { name: 'Download results' }));
  expect(zip.name).toMatch(/-result\.zip$/);
  const files = unzipped(zip.bytes);
  const paths = rows.flatMap(({ processed_path = '', mask_path = '' }) => [processed_path, mask_path]);
  expect([...files.keys()]).toEqual([...paths.filter((path) => path !== ''), 'result.csv'].toSorted());
  expect(files.get('result.csv')).toEqual(csv.bytes);
  for (const { filename, processed_path = '', width, height } of rows.filter(({ status }) => status === 'ok')) {
    const shown = await shownBy(page, files.get(processed_path) ?? Buffer.alloc(0));
    expect([String(shown.width), String(shown.height)], filename).toEqual([width, height]);
  }
  const cup = rows[0]?.['processed_path'] ?? '';
  expect(cup).toMatch(/coffee_processed\.webp$/);
  const { corners } = await shownBy(page, files.get(cup) ?? Buffer.alloc(0));
  expect(Math.min(...corners.flat())).toBeGreaterThan(250);

  // A result leads to its picture, and back.
  await page.getByRole('button', { name: /^All/ }).click();
  await table.getByRole('link', { name: 'coffee.png' }).click();
  await page.getByRole('heading', { name: 'coffee.png' }).waitFor({ state: 'attached' });
  await page.goBack();
  await table.waitFor();
  calm(window);
});
