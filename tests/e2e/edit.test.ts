/** Editing one picture: every tool, back and forth, saved and taken back. */
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { photo } from '../backend-node/photos.ts';
import type { Account } from './account.ts';
import { expectAccessible } from './accessible.ts';
import { distance, shownBy, shownIn, type Shown } from './pixels.ts';
import type { Window } from './studio.ts';
import { calm, studioOfFile } from './story.ts';

const studio = studioOfFile();
const NAME = 'mug.png';
/** Two renderings of one recipe differ by their size and their JPEG noise. */
const ALIKE = 2;

interface Bench {
  readonly window: Window;
  readonly page: Page;
  readonly account: Account;
  readonly id: string;
  /** The picture in the middle. */
  readonly result: Locator;
  /** Titles of the steps, from top to bottom. */
  readonly steps: () => Promise<string[]>;
}

async function bench(person: string): Promise<Bench> {
  const window = await studio().open('/sign-up');
  const { page } = window;
  const account = await window.signUp(person);
  const [image] = await account.upload([[NAME, photo('coffee.png')]]);
  if (!image) throw new Error('Expected a picture');
  await window.go(`/images/${image.id}/edit`);
  const result = page.getByRole('img', { name: `${NAME}, as the steps make it` });
  await result.waitFor();
  const names = page.getByRole('list', { name: 'Steps, in the order they run' }).getByRole('switch', { name: /^Run / });
  const steps = () =>
    names.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')?.replace('Run ', '') ?? ''));
  return { window, page, account, id: image.id, result, steps };
}

/** Chooses an operation from the list at the left. */
async function add({ page }: Bench, title: string): Promise<void> {
  const list = page.getByRole('complementary', { name: 'What to choose from' });
  await list
    .getByRole('button')
    .filter({ has: page.getByText(title, { exact: true }) })
    .click();
}

/** Resolves with the picture once it is as expected. */
async function becomes({ page, result }: Bench, wish: (now: Shown) => boolean, what: string): Promise<Shown> {
  await expect
    .poll(async () => wish(await shownIn(result)), { message: what, timeout: 30_000, interval: 100 })
    .toBe(true);
  return rests(page, result);
}

/** The same picture as before. */
async function isAgain({ page, result }: Bench, expected: Shown, what: string): Promise<void> {
  await page.locator('header[data-rendering="false"]').waitFor();
  await expect
    .poll(async () => distance(await shownIn(result), expected), { message: what, timeout: 20_000, interval: 100 })
    .toBeLessThan(ALIKE);
}

/** The picture once nothing sharper or newer is on its way. */
async function rests(page: Page, result: Locator): Promise<Shown> {
  await page.locator('header[data-rendering="false"]').waitFor();
  return shownIn(result);
}

async function drag(page: Page, target: Locator, from: Point, by: Point): Promise<void> {
  const box = await target.boundingBox();
  if (!box) throw new Error('Expected it to be on the page');
  const x = box.x + box.width * from.x;
  const y = box.y + box.height * from.y;
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + by.x / 2, y + by.y / 2, { steps: 4 });
  await page.mouse.move(x + by.x, y + by.y, { steps: 4 });
  await page.mouse.up();
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const MIDDLE = { x: 0.5, y: 0.5 };
test('crop, straighten, remove the background, paint, adjust; undo and redo; save, compare, revert', async () => {
  const at = await bench('Ada');
  const { page, result, window, steps } = at;
  const original = await rests(page, result);
  await expectAccessible(page, 'edit');

  await add(at, 'Crop');
  await drag(page, page.getByRole('button', { name: 'Bottom right corner' }), MIDDLE, { x: -90, y: -10 });
  await expectAccessible(page, 'crop');
  await page.getByRole('button', { name: 'Done' }).click();
  const cropped = await becomes(at, ({ width, height }) => width / height < 1.42, 'it is narrower');
  expect(distance(cropped, original)).toBeGreaterThan(1);

  await add(at, 'Rotate');
  await page.getByRole('textbox', { name: 'Angle' }).last().fill('4');
  await expectAccessible(page, 'turn');
  await page.getByRole('button', { name: 'Done' }).click();
  const turned = await becomes(at, (now) => distance(now, cropped) > 3, 'it is turned');

  await add(at, 'Remove background');
  const cut = await becomes(at, (now) => distance(now, turned) > 10, 'the ground is gone');

  await page.getByRole('button', { name: 'Paint on the picture' }).click();
  const canvas = page.getByRole('img', { name: /^Mask\. Drag to paint/ });
  await canvas.waitFor();
  await page.getByText('Erase', { exact: true }).click();
  await drag(page, canvas, { x: 0.4, y: 0.4 }, { x: 120, y: 90 });
  await expectAccessible(page, 'paint');
  await page.getByRole('button', { name: 'Done' }).click();
  const painted = await becomes(at, (now) => distance(now, cut) > 1, 'a part is erased');
  // It was painted on the whole photo, so it is cut out before anything moves it.
  await expect.poll(steps).toEqual(['Painted mask', 'Crop', 'Rotate']);

  await add(at, 'Adjust');
  const slider = page.getByRole('slider', { name: 'Brightness' });
  await slider.focus();
  for (let presses = 0; presses < 6; presses += 1) await slider.press('Shift+ArrowUp');
  await page.locator('header[data-rendering="false"]').waitFor();
  const bright = await becomes(at, (now) => distance(now, painted) > 5, 'it is brighter');
  const all = await steps();
  expect(all).toEqual(['Painted mask', 'Crop', 'Rotate', 'Adjust']);

  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  for (let times = 0; times < 5; times += 1) await undo.click();
  await becomes(at, (now) => distance(now, bright) > 3, 'it is as it was before');
  const redo = page.getByRole('button', { name: 'Redo' });
  for (let times = 0; times < 5; times += 1) await redo.click();
  expect(await steps()).toEqual(all);
  await isAgain(at, bright, 'it is bright again');
  for (let times = 0; (await undo.isEnabled()) && times < 50; times += 1) await page.keyboard.press('Control+z');
  expect(await steps()).toEqual([]);
  await isAgain(at, original, 'undo undoes everything');
  for (let times = 0; (await redo.isEnabled()) && times < 50; times += 1) await page.keyboard.press('Control+y');
  expect(await steps()).toEqual(all);

  await page.getByRole('button', { name: 'Save version' }).click();
  await page.getByText('Version 1 saved').waitFor();
  await isAgain(at, bright, 'what was saved is shown');
  await page.getByRole('button', { name: 'Original and result side by side on one picture' }).click();
  await page.getByRole('main').getByRole('slider').waitFor();
  await expectAccessible(page, 'compare');
  await page.getByRole('button', { name: 'Original and result side by side on one picture' }).click();

  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Revert to the original' }).click();
  await page.getByText('The original is back.').waitFor();
  await isAgain(at, original, 'it is the original again');
  const { current_version, versions } = await at.account.call<{ current_version: string; versions: number }>(
    'GET',
    `/images/${at.id}`,
  );
  expect({ current_version, versions }).toEqual({ current_version: '', versions: 1 });
  calm(window);
});

test('a slider that is moved fast ends with the picture of its last value; the draft is there after leaving', async () => {
  const at = await bench('Grace');
  const { page, account, id, steps, window } = at;
  const preview = async (brightness: number) =>
    shownBy(page, await account.preview(id, [{ operation: 'adjust', params: { brightness } }]));
  await add(at, 'Adjust');
  const slider = page.getByRole('slider', { name: 'Brightness' });
  const value = page.getByRole('textbox', { name: 'Brightness' });
  const box = await slider.boundingBox();
  if (!box) throw new Error('Expected a slider');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  for (const by of [20, 60, 100, 40, -30, -80, -20, 30, 70])
    await page.mouse.move(box.x + by, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  const last = Number(await value.inputValue());
  expect(last).not.toBe(0);
  const expected = await preview(last);
  await isAgain(at, expected, 'it is the picture of the last value');
  expect(distance(await rests(page, at.result), expected)).toBeLessThan(ALIKE);

  await page.getByRole('link', { name: 'Back to the picture' }).click();
  await page.getByText(`Your draft of ${NAME} is kept in this browser.`).waitFor();
  await window.go(`/images/${id}/edit`);
  await page.getByText(/^You have a draft/).waitFor();
  expect(await steps()).toEqual(['Adjust']);
  await isAgain(at, expected, 'the draft is shown');
  await page.getByRole('button', { name: 'Discard' }).click();
  expect(await steps()).toEqual([]);
  calm(window);
});
