/** From signing up to a file on disk without a mouse. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { photo } from '../backend-node/photos.ts';
import { settled } from './accessible.ts';
import { shownBy } from './pixels.ts';
import { PASSWORD } from './studio.ts';
import { calm, studioOfFile } from './story.ts';

const studio = studioOfFile();
const MOST_STOPS = 60;

/** Presses Tab until it has the focus. At each stop on the way the focus can be seen. */
async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  await target.first().waitFor();
  const stops: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await target.first().evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
    stops.push(await expectSeen(page));
  }
  throw new Error(`Expected to come to ${String(target)}, came by ${stops.join(', ')}`);
}

/** What has the focus looks other than without. */
async function expectSeen(page: Page): Promise<string> {
  await settled(page);
  const at = await page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return undefined;
    const { x, y, width, height } = element.getBoundingClientRect();
    return {
      x,
      y,
      width,
      height,
      name: `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent}`,
    };
  });
  if (!at) return 'nothing';
  // The frame of a field is wider than its text.
  const around = 20;
  const size = page.viewportSize() ?? { width: 0, height: 0 };
  const x = Math.max(at.x - around, 0);
  const y = Math.max(at.y - around, 0);
  const clip = {
    x,
    y,
    width: Math.min(at.width + 2 * around, size.width - x),
    height: Math.min(at.height + 2 * around, size.height - y),
  };
  if (clip.width <= 0 || clip.height <= 0) throw new Error(`${at.name} has the focus out of sight`);
  const look = async () => {
    await settled(page);
    return page.screenshot({ clip });
  };
  const focused = await look();
  await page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    Object.assign(globalThis, { left: element });
    element.blur();
  });
  const blurred = await look();
  await page.evaluate(() => (globalThis as unknown as { left: HTMLElement }).left.focus({ preventScroll: true }));
  expect(focused.equals(blurred), `${at.name}: the focus is visible`).toBe(false);
  return at.name;
}

test('sign up, upload, choose a preset, open the result, download it', async () => {
  const window = await studio().open('/');
  const { page } = window;
  await tabTo(page, page.getByRole('link', { name: 'Create the administrator’s account' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByLabel('Your name'));
  await page.keyboard.type('Ada');
  await tabTo(page, page.getByLabel('Email'));
  await page.keyboard.type('ada@example.com');
  await tabTo(page, page.getByLabel('Password', { exact: true }));
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
  await tabTo(page, page.getByRole('link', { name: 'Upload pictures' }));
  await page.keyboard.press('Enter');
  const choosing = page.waitForEvent('filechooser');
  await tabTo(page, page.getByRole('button', { name: 'Choose pictures' }));
  await page.keyboard.press('Enter');
  const chooser = await choosing;
  await chooser.setFiles([{ name: 'mug.png', mimeType: 'image/png', buffer: photo('coffee.png') }]);
  await tabTo(page, page.getByRole('combobox', { name: 'Then apply a preset' }));
  await page.keyboard.type('White background');
  await page.getByRole('option', { name: 'White background' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'Upload 1 picture' }));
  await page.keyboard.press('Space');
  await page.waitForURL(/\/batches\/\w+/);
  await page.getByText('1 of 1 picture', { exact: true }).waitFor({ timeout: 60_000 });
  // Until then its buttons change.
  await page.getByText('Done', { exact: true }).waitFor();
  await tabTo(page, page.getByRole('link', { name: 'Gallery', exact: true }));
  await page.keyboard.press('Enter');

  await tabTo(page, page.getByRole('group', { name: 'Pictures' }).getByRole('link', { name: 'mug.png' }));
  await page.keyboard.press('Space');
  await page.getByRole('toolbar', { name: '1 selected' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'mug.png' }).waitFor({ state: 'attached' });
  await tabTo(page, page.getByRole('button', { name: 'Download' }));
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: /^What is shown/ }).waitFor();
  const arriving = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  const { corners } = await shownBy(page, readFileSync(await (await arriving).path()));
  expect(corners[0]).toEqual([255, 255, 255, 255]);

  // What there is to press is told.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await help.getByText('Compare with the original').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => help.count()).toBe(0);
  calm(window);
});
