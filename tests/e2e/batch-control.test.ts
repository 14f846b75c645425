/** A batch is held, goes on, is cancelled; what failed is tried again. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Batch } from '../../backend-node/src/contract/batches.ts';
import { png } from '../backend-node/photos.ts';
import { expectAccessible, expectFits } from './accessible.ts';
import type { Account, Put } from './account.ts';
import { PHONE } from './studio.ts';
import { calm, SOON, studioOfFile } from './story.ts';

const studio = studioOfFile();

const ENDED_MS = 120_000;

/** Pictures of one colour each; green tells those of one story from another's, whose results are known already. */
const fill = (account: Account, count: number, height: number, green: number): Promise<Put[]> =>
  account.upload(
    Array.from({ length: count }, (_, at) => [`p${at}.png`, png(1400, height, [at * 5, green, 250 - at * 5])] as const),
  );

const newest = async (account: Account): Promise<Batch> => {
  const { items } = await account.call<{ items: Batch[] }>('GET', '/batches');
  const [batch] = items;
  if (!batch) throw new Error('Expected a batch');
  return batch;
};

/** In the dialog: what is done. */
async function begin(page: Page, count: number): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'New batch' });
  await dialog.getByRole('combobox', { name: 'Preset' }).fill('Denoise');
  await page.getByRole('option', { name: 'Denoise' }).click();
  await dialog.getByRole('button', { name: `Begin with ${count} pictures` }).click();
  await page.getByText(`${count} pictures queued`).waitFor();
  await page.getByRole('button', { name: 'See it' }).click();
  await page.waitForURL(/\/batches\/\w+/);
}

const doneCells = (page: Page) => page.locator('[data-place][data-state="done"]');

const more = async (page: Page, action: string): Promise<void> => {
  await page.getByRole('main').getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: action }).click();
};

const HELD = 24;

test('pictures of the gallery become a batch, which is held and goes on; one that failed is tried again', async () => {
  const window = await studio().open();
  const { page } = window;
  const account = await window.signUp('Ada', '/gallery');
  const [first, ...others] = (await fill(account, HELD, 800, 90)).toReversed();
  if (!first) throw new Error('Expected pictures');
  await page.getByRole('button', { name: `Apply preset to all ${HELD} pictures` }).waitFor();
  await page.keyboard.press('ControlOrMeta+a');
  await page
    .getByRole('toolbar', { name: `${HELD} selected` })
    .getByRole('button', { name: 'Apply preset' })
    .click();
  await page.getByRole('dialog', { name: 'New batch' }).waitFor();
  await expectAccessible(page, 'new batch');
  await begin(page, HELD);

  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByRole('button', { name: 'Go on', exact: true }).waitFor();
  // What was under way is finished; after that nothing moves.
  await expect.poll(async () => (await newest(account)).counts.running, { timeout: ENDED_MS }).toBe(0);
  const held = await newest(account);
  expect(held).toMatchObject({ state: 'paused', total: HELD });
  expect(held.counts.waiting).toBeGreaterThan(0);
  expect(held.counts.done).toBeGreaterThan(0);
  await expect.poll(() => doneCells(page).count(), SOON).toBe(held.counts.done);
  await expectAccessible(page, 'batch, paused');

  // Elsewhere the ring tells of it.
  await page.getByRole('link', { name: 'Albums', exact: true }).click();
  await page.getByRole('button', { name: 'Work: 1 job is running' }).click();
  const work = page.getByRole('dialog', { name: 'Work' });
  await work.getByText(`${held.counts.done} of ${HELD}`).waitFor();
  await expectAccessible(page, 'work');
  // One of those that wait goes to the trash meanwhile.
  const { items } = await account.call<{ items: { image: string; name: string }[] }>(
    'GET',
    `/batches/${held.id}/items?state=waiting`,
  );
  const gone = [first, ...others].find(({ id }) => id === items.at(-1)?.image);
  if (!gone) throw new Error('Expected a picture that waits');
  await account.call('DELETE', `/images/${gone.id}`);
  expect((await newest(account)).counts).toEqual(held.counts);

  await work.getByRole('link', { name: 'See it' }).click();
  await page.getByRole('button', { name: 'Go on', exact: true }).click();
  await page.getByText(`${HELD} of ${HELD}`).first().waitFor({ timeout: ENDED_MS });
  await page.getByText('Some failed').waitFor();
  await page.getByRole('button', { name: `${gone.name}: Not there` }).waitFor();
  await account.call('POST', `/images/${gone.id}/restore`);
  await page.getByRole('button', { name: 'Try 1 failed again' }).click();
  await page.getByText('Done', { exact: true }).waitFor({ timeout: ENDED_MS });
  await expect.poll(() => page.getByRole('button', { name: /^Failed/ }).count(), SOON).toBe(0);
  expect((await newest(account)).counts).toEqual({ waiting: 0, running: 0, done: HELD, failed: 0 });
  await expect.poll(() => page.getByRole('button', { name: /^Work: \d/ }).count(), SOON).toBe(0);
  calm(window);
});

/** Enough that some are left when somebody has said that it shall end. */
const CANCELLED = 48;

test('on a phone a batch is cancelled: what is done stays, the others stay as they are, and it cannot go on', async () => {
  const window = await studio().open('/', PHONE);
  const { page } = window;
  const account = await window.signUp('Grace', '/gallery');
  await fill(account, CANCELLED, 1400, 160);
  await page.getByRole('button', { name: `Apply preset to all ${CANCELLED} pictures` }).tap();
  await page.getByRole('dialog', { name: 'New batch' }).waitFor();
  await expectFits(page, 'new batch');
  await begin(page, CANCELLED);
  await doneCells(page).first().waitFor({ timeout: ENDED_MS });
  await expectFits(page, 'batch');
  await more(page, 'Cancel');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the batch' }).tap();
  await page.getByText('Cancelled', { exact: true }).waitFor();
  await expect.poll(async () => (await newest(account)).counts.running, { timeout: ENDED_MS }).toBe(0);

  const { counts, state } = await newest(account);
  expect(state).toBe('cancelled');
  expect(counts.done).toBeGreaterThan(0);
  expect(counts.waiting).toBeGreaterThan(0);
  expect(counts.done + counts.waiting).toBe(CANCELLED);
  await page.getByText(`${counts.waiting} pictures stayed as they were`).waitFor();
  // Some of those that are done may be further down.
  await expect.poll(() => doneCells(page).count(), SOON).toBeGreaterThan(0);
  await page.getByRole('button', { name: `Not done ${counts.waiting}` }).tap();
  await expect.poll(() => doneCells(page).count(), SOON).toBe(0);
  await page
    .getByRole('link', { name: /: Not done$/ })
    .first()
    .waitFor();
  expect(await page.getByRole('button', { name: 'Go on', exact: true }).count()).toBe(0);
  await expectFits(page, 'batch, cancelled');
  await expectAccessible(page, 'batch, cancelled, on a phone');

  // Every picture is still there, and those that were done show their result.
  const { items } = await account.call<{ items: { current_version: string }[] }>('GET', '/images?limit=100');
  expect(items.filter(({ current_version }) => current_version !== '')).toHaveLength(counts.done);
  await page.getByRole('link', { name: 'Batches', exact: true }).tap();
  await page.getByRole('table', { name: 'Batches' }).getByText('Cancelled').waitFor();
  await expectFits(page, 'batches');
  await expectAccessible(page, 'batches on a phone');
  calm(window);
});
