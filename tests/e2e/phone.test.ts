/** Everything by finger, on a phone. */
import type { CDPSession, Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { photo, png } from '../backend-node/photos.ts';
import { expectAccessible, expectFits } from './accessible.ts';
import { Account } from './account.ts';
import { PASSWORD, PHONE } from './studio.ts';
import { calm, studioOfFile } from './story.ts';

const studio = studioOfFile();
const MANY = 30;

/** One finger. */
class Finger {
  readonly #page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  static async on(page: Page): Promise<Finger> {
    return new Finger(page, await page.context().newCDPSession(page));
  }

  async down(target: Locator): Promise<{ x: number; y: number }> {
    const box = await target.boundingBox();
    if (!box) throw new Error('Expected it to be on the page');
    const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await this.#send('touchStart', [at]);
    return at;
  }

  async move(x: number, y: number): Promise<void> {
    await this.#send('touchMove', [{ x, y }]);
  }

  async up(): Promise<void> {
    await this.#send('touchEnd', []);
  }

  async swipe(target: Locator, by_px: number): Promise<void> {
    const { x, y } = await this.down(target);
    for (let step = 1; step <= 5; step += 1) {
      await this.move(x + (by_px * step) / 5, y);
      // No faster than a finger: what is thrown takes the next tap as the end of its flight.
      await this.#page.evaluate(() => new Promise(requestAnimationFrame));
    }
    await this.up();
  }

  async #send(type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]): Promise<void> {
    await this.#session.send('Input.dispatchTouchEvent', { type, touchPoints });
  }
}

test('sign in, upload, select with a long press, swipe through pictures, edit with a slider, save', async () => {
  const url = studio().url;
  const account = await Account.signUp(url, { name: 'Ada', email: 'ada@example.com', password: PASSWORD });
  const window = await studio().open('/', PHONE);
  const { page } = window;
  await page.getByRole('link', { name: 'Get started' }).waitFor();
  await expectFits(page, 'home of visitors');
  await window.go('/sign-up');
  await page.getByRole('button', { name: 'Create the account' }).waitFor();
  await expectFits(page, 'sign up');
  await window.signIn('Ada', '/upload');
  await expectFits(page, 'upload, empty');

  await window.choose('Choose pictures', [
    { name: 'mug.png', mimeType: 'image/png', buffer: photo('coffee.png') },
    { name: 'a picture with quite a long name that says all about it.png', mimeType: 'image/png', buffer: png() },
  ]);
  await page.getByRole('button', { name: 'Upload 2 pictures' }).waitFor();
  await expectFits(page, 'upload, chosen');
  await expectAccessible(page, 'upload on a phone');
  await page.getByRole('button', { name: 'Upload 2 pictures' }).tap();
  await page.getByRole('heading', { name: 'All there' }).waitFor();
  await expectFits(page, 'upload, over');

  const many = Array.from({ length: MANY }, (_, at) => [`p${at}.png`, png(60 + at, 40, [at * 8, 90, 120])] as const);
  await account.upload(many);
  await page.getByRole('link', { name: 'Gallery', exact: true }).tap();
  const pictures = page.getByRole('group', { name: 'Pictures' });
  await pictures.getByRole('link', { name: 'p29.png' }).waitFor();
  await expectFits(page, 'gallery');
  await expectAccessible(page, 'gallery on a phone');

  const finger = await Finger.on(page);
  await finger.down(pictures.getByRole('link', { name: 'p29.png' }));
  const bar = page.getByRole('toolbar', { name: '1 selected' });
  await bar.waitFor();
  await finger.up();
  await pictures.getByRole('link', { name: 'p28.png' }).tap();
  await page.getByRole('toolbar', { name: '2 selected' }).waitFor();
  await expectFits(page, 'gallery, selected');
  await expectAccessible(page, 'selection on a phone');
  await page.getByRole('button', { name: 'Clear the selection' }).tap();

  await pictures.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await pictures.getByRole('link', { name: 'mug.png' }).tap();
  const shown = (name: string) => page.getByRole('heading', { name, exact: true, level: 1 });
  await shown('mug.png').waitFor({ state: 'attached' });
  await finger.swipe(page.getByRole('img', { name: 'mug.png' }).last(), 220);
  await expect.poll(() => shown('mug.png').count()).toBe(0);
  await finger.swipe(page.getByRole('main'), -220);
  await shown('mug.png').waitFor({ state: 'attached' });

  await expectFits(page, 'image');
  await expectAccessible(page, 'image on a phone');
  // Headless Chromium makes no click of the first tap after a swipe.
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByRole('img', { name: 'mug.png, as the steps make it' }).waitFor();
  await expectFits(page, 'edit');
  await expectAccessible(page, 'edit on a phone');
  await page
    .getByRole('button')
    .filter({ has: page.getByText('Adjust', { exact: true }) })
    .tap();
  const slider = page.getByRole('slider', { name: 'Brightness' });
  await finger.swipe(slider, 60);
  await expect.poll(() => slider.getAttribute('aria-valuetext')).not.toMatch(/^0\b/);
  await expectFits(page, 'edit, a step open');
  await page.getByRole('button', { name: 'Save version' }).tap();
  await page.getByText('Version 1 saved').waitFor();

  for (const path of ['/', '/albums', '/trash', '/profile', '/admin', '/nowhere']) {
    await window.go(path);
    await page.getByRole('heading').first().waitFor();
    await expectFits(page, path);
    await expectAccessible(page, `${path} on a phone`);
  }
  calm(window);
});
