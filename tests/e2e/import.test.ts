/** Pictures come from addresses: thirty of them, five bad, and then a list with SKUs and work to follow. */
import { afterAll, expect, test } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { Shop } from './shop.ts';
import { calm, SOON, studioOfFile } from './story.ts';

const shop = await Shop.open();
afterAll(() => shop.close());
const studio = studioOfFile([], { VITRINE_FETCH_ALLOW: shop.place });

const GOOD = Array.from({ length: 25 }, (_, at) => shop.at(`${at + 1}.png`));
const BAD: Readonly<Record<string, string>> = {
  [shop.at('gone.jpg')]: 'There is nothing at this address.',
  [shop.at('page.jpg')]: 'What is at this address is no picture that Vitrine reads.',
  'http://10.0.0.1/router.jpg': 'This address is not on the public internet, so it is not asked.',
  [shop.at('circle.jpg')]: 'The site sent on from address to address, too often.',
  [shop.at('cut.png')]: 'The connection broke off before all of it was there.',
};

const LIST = [
  'image_url,sku_id,product_group_id,image_type',
  `${shop.at('1.png')},MUG-01,mugs,main`,
  `${shop.at('2.png')},MUG-02,mugs,main`,
  `${shop.at('26.png')},MUG-02,mugs,detail`,
].join('\n');

test('thirty addresses are fetched, five say why not; a list makes products, and a batch follows it', async () => {
  const window = await studio().open();
  const { page } = window;
  await window.signUp('Ada', '/upload');
  await page.getByRole('tab', { name: 'From links' }).click();
  const bad = Object.keys(BAD);
  const lines = [...GOOD.slice(0, 10), ...bad.slice(0, 3), ...GOOD.slice(10), ...bad.slice(3)];
  await page.getByLabel('Addresses of pictures').fill(lines.join('\n'));
  await page.getByText('30 addresses').waitFor();
  await expectAccessible(page, 'from links');
  await page.getByRole('button', { name: 'Get 30 pictures' }).click();

  await page.waitForURL(/\/imports\/\w+/);
  await page.getByText('25 new').waitFor();
  await page.getByText('30 of 30').waitFor({ timeout: 120_000 });
  await page.getByText('Some failed').waitFor();
  await page.getByText('Failed 5', { exact: true }).click();
  const rows = page.getByRole('table', { name: 'Rows of the import' });
  await expect.poll(() => rows.getByRole('row').count(), SOON).toBe(6);
  for (const [address, reason] of Object.entries(BAD)) {
    const shown = address.replace('http://', '');
    const row = rows.getByRole('row').filter({ has: page.getByTitle(address, { exact: true }) });
    expect(await row.innerText(), shown).toContain(reason);
  }
  await expectAccessible(page, 'import');
  await page.getByRole('link', { name: 'See them in the gallery' }).click();
  await page.getByRole('button', { name: 'Apply preset to all 25 pictures' }).waitFor();

  await page.getByRole('link', { name: 'Upload', exact: true }).click();
  await page.getByRole('tab', { name: 'From links' }).click();
  await window.choose('Choose a CSV or JSON file', [
    { name: 'mugs.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) },
  ]);
  await page.getByRole('combobox', { name: 'Then apply a preset' }).fill('Sharpen');
  await page.getByRole('option', { name: 'Sharpen' }).click();
  await page.getByRole('button', { name: 'Get 3 pictures' }).click();
  await page.waitForURL(/\/imports\/\w+/);
  await page.getByText('2 you had already').waitFor();
  await page.getByRole('link', { name: 'Show the batch that followed' }).click();
  await page.waitForURL(/\/batches\/\w+/);
  await page.getByText('3 of 3').waitFor({ timeout: 60_000 });

  await page.getByRole('link', { name: 'Products', exact: true }).click();
  const products = page.getByRole('list', { name: 'Products by SKU' });
  await expect.poll(() => products.getByRole('listitem').count(), SOON).toBe(2);
  expect(await products.getByRole('listitem').filter({ hasText: 'MUG-02' }).innerText()).toContain('2 pictures');
  await page.getByRole('region', { name: 'Product groups' }).getByText('3 pictures').waitFor();
  await expectAccessible(page, 'products');

  await page.getByRole('link', { name: 'Batches', exact: true }).click();
  await page.getByRole('tab', { name: 'Imports' }).click();
  await expect.poll(() => page.getByRole('table', { name: 'Imports' }).getByRole('row').count(), SOON).toBe(3);
  calm(window);
});
