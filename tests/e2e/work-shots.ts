/** The pages of batches, imports, products and webhooks, without anything on them and with it. */
import type { Page } from 'playwright-core';
import type { Batch } from '../../backend-node/src/contract/batches.ts';
import type { Account } from './account.ts';
import { autumn, TABLE, type Work } from './furnish-work.ts';
import { button, CHOSEN, opens, pick, type Shot } from './shot.ts';
import type { Window } from './studio.ts';

const LINKS = ['https://shop.example/mug-front.jpg', 'https://shop.example/mug-back.jpg', 'mug-side.jpg'].join('\n');
const SHEET = { name: 'products.csv', mimeType: 'text/csv', buffer: TABLE };

/** What somebody sees who has none of it. */
export const EMPTY_WORK: readonly Shot[] = [
  { name: 'batches-empty', path: '/batches', who: 'new' },
  { name: 'imports-empty', path: '/batches?show=imports', who: 'new' },
  { name: 'products-empty', path: '/products', who: 'new' },
  { name: 'from-links', path: '/upload?from=links', who: 'new' },
  {
    name: 'from-links-pasted',
    path: '/upload?from=links',
    who: 'new',
    act: ({ page }) => page.getByLabel('Addresses of pictures').fill(LINKS),
  },
  {
    name: 'upload-zip',
    path: '/upload',
    who: 'new',
    act: async (window) => {
      const archive = { name: 'autumn.zip', mimeType: 'application/zip', buffer: await autumn() };
      await window.choose('Choose pictures', [archive, SHEET]);
    },
  },
  {
    name: 'upload-table',
    path: '/upload',
    who: 'new',
    act: (window) => window.choose('Choose pictures', [...CHOSEN, SHEET]),
  },
];

export function workPages({ account, partial, long, fetched }: Work): readonly Shot[] {
  const batch = `/batches/${partial}`;
  return [
    { name: 'batches', path: '/batches', who: 'worker', act: ({ page }) => ringOf(page).waitFor() },
    {
      name: 'imports',
      path: '/batches?show=imports',
      who: 'worker',
      act: ({ page }) => page.getByRole('table', { name: 'Imports' }).waitFor(),
    },
    {
      name: 'batch-running',
      path: `/batches/${long}`,
      who: 'worker',
      act: async ({ page }) => {
        await put(account, long, 'running');
        await page.getByText('Running').first().waitFor();
        await page.locator('[data-place][data-state="running"]').first().waitFor();
      },
    },
    { name: 'work', path: '/products', who: 'worker', act: (window) => opens(window, openWork) },
    {
      name: 'batch-paused',
      path: `/batches/${long}`,
      who: 'worker',
      act: async ({ page }) => {
        await put(account, long, 'paused');
        await page.getByText('Paused').first().waitFor();
      },
    },
    { name: 'batch-partial', path: batch, who: 'worker' },
    { name: 'batch-list', path: `${batch}?view=list`, who: 'worker' },
    { name: 'batch-failed', path: `${batch}?show=failed&view=list`, who: 'worker' },
    {
      name: 'batch-failed-one',
      path: batch,
      who: 'worker',
      act: (window) => opens(window, ({ page }) => page.getByRole('button', { name: /chelsea/ }).click()),
    },
    {
      name: 'batch-more',
      path: batch,
      who: 'worker',
      act: ({ page }) => page.getByRole('main').getByRole('button', { name: 'More', exact: true }).click(),
    },
    {
      name: 'batch-new',
      path: '/gallery',
      who: 'worker',
      act: async (window) => {
        await pick(window);
        await opens(window, button('Apply preset'));
      },
    },
    { name: 'import', path: `/imports/${fetched}`, who: 'worker' },
    { name: 'import-failed', path: `/imports/${fetched}?show=failed`, who: 'worker' },
    { name: 'products', path: '/products', who: 'worker' },
    {
      name: 'profile-webhooks',
      path: '/profile',
      who: 'worker',
      act: ({ page }) => page.locator('#webhooks').scrollIntoViewIfNeeded(),
    },
  ];
}

/** As it is wanted, whatever pictures were taken before. */
async function put(account: Account, id: string, wanted: 'running' | 'paused'): Promise<void> {
  const { state } = await account.call<Batch>('GET', `/batches/${id}`);
  if (state !== wanted) await account.call('POST', `/batches/${id}/${wanted === 'paused' ? 'pause' : 'resume'}`);
}

const ringOf = (page: Page) => page.getByRole('button', { name: /^Work: / });

const openWork = ({ page }: Window): Promise<void> => ringOf(page).click();
