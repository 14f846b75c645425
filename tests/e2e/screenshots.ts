/**
 * Pictures of each page, wide and narrow, light and dark, in screenshots/: to be looked at after changes of looks.
 * node tests/e2e/screenshots.ts [page …] [--docs]: --docs writes those of the documentation anew as well.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { photo } from '../backend-node/photos.ts';
import { settled } from './accessible.ts';
import type { Account, Put } from './account.ts';
import { furnishWork } from './furnish-work.ts';
import { Shop } from './shop.ts';
import { button, CHOSEN, opens, pick, WHO, type Shot } from './shot.ts';
import { PHONE, Studio, type Window } from './studio.ts';
import { EMPTY_WORK, workPages } from './work-shots.ts';

const OUT = 'screenshots';
const DOCS = 'docs/images/app';
const DOCS_QUALITY = 84;
const SIZES = { 1280: {}, 390: PHONE } as const;
const SCHEMES = ['light', 'dark'] as const;
/** In the documentation: those at 1280 px in the light, and some others. */
const IN_DOCS = new Set([
  'home-1280-light',
  'gallery-1280-light',
  'gallery-1280-dark',
  'gallery-390-light',
  'image-compare-1280-light',
  'edit-mask-1280-light',
  'edit-adjust-1280-dark',
  'edit-390-light',
  'upload-done-1280-light',
]);

const { values, positionals } = parseArgs({ allowPositionals: true, options: { docs: { type: 'boolean' } } });
const wanted = (name: string): boolean => positionals.length === 0 || positionals.some((part) => name.includes(part));

/** Everything is there: letters, pictures, and whatever faded in. */
async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const WAITING = '.mantine-Skeleton-root, .mantine-Loader-root, [aria-busy="true"], [data-rendering="true"]';
    const waiting = document.querySelector(WAITING);
    const seen = (image: HTMLImageElement) => image.getBoundingClientRect().top < innerHeight;
    return !waiting && [...document.images].every((image) => image.complete || !seen(image));
  });
  await page.evaluate(() => document.fonts.ready);
  await settled(page);
}

async function take(page: Page, name: string, width: string): Promise<void> {
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    await ready(page);
    const file = `${name}-${width}-${colorScheme}`;
    await page.screenshot({ path: join(OUT, `${file}.png`) });
    if (values.docs && IN_DOCS.has(file))
      await page.screenshot({ path: join(DOCS, `${file}.jpg`), type: 'jpeg', quality: DOCS_QUALITY });
  }
}

async function shoot(window: Window, shots: readonly Shot[], width: string): Promise<void> {
  for (const { name, path, act } of shots) {
    try {
      // A path alone would keep what was opened on the page before.
      await window.page.goto('about:blank');
      await window.page.goto(studio.url + path);
      await window.page.getByRole('heading').first().waitFor({ state: 'attached' });
      await ready(window.page);
      await act?.(window);
      await take(window.page, name, width);
    } catch (error) {
      process.exitCode = 1;
      process.stderr.write(`${name} at ${width} px: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
}

/** What a seller has after a while: photos of scikit-image and of the samples, some of them finished. */
async function furnish(account: Account): Promise<{ mug: string; album: string; shared: string }> {
  await account.call('POST', '/images/samples');
  // What the samples do not have.
  const own = await account.upload(
    ['chelsea.png', 'hubble_deep_field.jpg', 'horse.png'].map((name) => [name, photo(name)]),
  );
  const { items } = await account.call<{ items: Put[] }>('GET', '/images');
  for (const { id, name } of items)
    if (!/rocket|horse|hubble/.test(name))
      await account.call('POST', `/images/${id}/versions`, { preset: presetOf(name) });
  const mug = items.find(({ name }) => name.startsWith('coffee'));
  if (!mug) throw new Error('Expected a picture');
  await account.call('PATCH', `/images/${mug.id}`, { title: 'Red espresso cup', sku: 'CUP-01', tags: ['cup', 'red'] });
  const { id: album } = await account.call<{ id: string }>('POST', '/albums', { name: 'Autumn window' });
  await account.call('POST', `/albums/${album}/images`, { ids: items.slice(1).map(({ id }) => id) });
  const { id: other } = await account.call<{ id: string }>('POST', '/albums', { name: 'For the printer' });
  await account.call('POST', `/albums/${other}/images`, { ids: own.slice(0, 2).map(({ id }) => id) });
  const { url } = await account.call<{ url: string }>('POST', `/albums/${album}/shares`, {});
  const gone = own.at(-1);
  if (gone) await account.call('DELETE', `/images/${gone.id}`);
  return { mug: mug.id, album, shared: url };
}

const presetOf = (name: string): string =>
  /chelsea|motorcycle/.test(name) ? 'auto' : /coffee|astronaut/.test(name) ? 'remove-background' : 'catalog-white';

/** On phones the panels are below each other, one at a time. */
async function addStep({ page }: Window, title: string): Promise<void> {
  const tab = page.getByRole('tab', { name: 'Operations' });
  await tab.click();
  await page
    .getByRole('button')
    .filter({ has: page.getByText(title, { exact: true }) })
    .first()
    .click();
}

/** The same, of a step that has a tool on the picture. */
async function addTool(window: Window, title: string): Promise<void> {
  await addStep(window, title);
  await window.page.getByRole('button', { name: 'Done' }).waitFor();
}

const BROKEN = { name: 'broken.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('this was a picture once') };
const NOTES = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('buy more cups') };

function pages({ mug, album, shared }: Awaited<ReturnType<typeof furnish>>): readonly Shot[] {
  const edit = `/images/${mug}/edit`;
  const choose = (window: Window) => window.choose('Choose pictures', [...CHOSEN, BROKEN, NOTES]);
  return [
    { name: 'home', path: '/', who: 'visitor' },
    { name: 'sign-in', path: '/sign-in', who: 'visitor' },
    { name: 'sign-in-wrong', path: '/sign-in', who: 'visitor', act: button('Sign in') },
    { name: 'sign-up', path: '/sign-up', who: 'visitor' },
    { name: 'shared', path: shared, who: 'visitor' },
    {
      name: 'shared-one',
      path: shared,
      who: 'visitor',
      act: (window) => opens(window, ({ page }) => page.getByRole('listitem').getByRole('button').first().click()),
    },
    { name: 'shared-ended', path: '/s/nothing', who: 'visitor' },
    { name: 'home-new', path: '/', who: 'new' },
    { name: 'gallery-empty', path: '/gallery', who: 'new' },
    { name: 'upload-empty', path: '/upload', who: 'new' },
    { name: 'albums-empty', path: '/albums', who: 'new' },
    { name: 'trash-empty', path: '/trash', who: 'new' },
    { name: 'admin-forbidden', path: '/admin', who: 'new' },
    { name: 'upload-chosen', path: '/upload', who: 'new', act: choose },
    { name: 'home-seller', path: '/', who: 'seller' },
    { name: 'gallery', path: '/gallery', who: 'seller' },
    { name: 'gallery-found', path: '/gallery?tag=sample&sort=name', who: 'seller' },
    { name: 'gallery-nothing', path: '/gallery?q=zebra', who: 'seller' },
    { name: 'gallery-selected', path: '/gallery', who: 'seller', act: pick },
    { name: 'image', path: `/images/${mug}?from=/gallery`, who: 'seller' },
    {
      name: 'image-compare',
      path: `/images/${mug}?from=/gallery`,
      who: 'seller',
      act: button('Compare with the original'),
    },
    {
      name: 'image-details',
      path: `/images/${mug}?from=/gallery`,
      who: 'seller',
      act: async ({ page }) => {
        const details = page.getByRole('button', { name: 'Details' });
        if ((await details.getAttribute('aria-pressed')) === 'false') await details.click();
      },
    },
    { name: 'image-download', path: `/images/${mug}?from=/gallery`, who: 'seller', act: button('Download') },
    { name: 'image-missing', path: '/images/01M7WTEEGVWYK5T4VXN4X3KP1W', who: 'seller' },
    { name: 'edit', path: edit, who: 'seller' },
    {
      name: 'edit-presets',
      path: edit,
      who: 'seller',
      act: ({ page }) => page.getByRole('tab', { name: 'Presets' }).click(),
    },
    { name: 'edit-adjust', path: edit, who: 'seller', act: (window) => addStep(window, 'Adjust') },
    { name: 'edit-crop', path: edit, who: 'seller', act: (window) => addTool(window, 'Crop') },
    { name: 'edit-turn', path: edit, who: 'seller', act: (window) => addTool(window, 'Rotate') },
    { name: 'edit-corners', path: edit, who: 'seller', act: (window) => addTool(window, 'Perspective') },
    { name: 'edit-backdrop', path: edit, who: 'seller', act: (window) => addStep(window, 'Background') },
    {
      name: 'edit-mask',
      path: edit,
      who: 'seller',
      act: async (window) => {
        await addStep(window, 'Remove background');
        await window.page.getByRole('button', { name: 'Paint on the picture' }).click();
        await window.page.getByRole('img', { name: /^Mask/ }).waitFor();
      },
    },
    { name: 'edit-more', path: edit, who: 'seller', act: button('More') },
    { name: 'albums', path: '/albums', who: 'seller' },
    { name: 'album', path: `/albums/${album}`, who: 'seller' },
    { name: 'album-share', path: `/albums/${album}`, who: 'seller', act: (window) => opens(window, button('Share')) },
    { name: 'trash', path: '/trash', who: 'seller' },
    { name: 'profile', path: '/profile', who: 'seller' },
    { name: 'admin', path: '/admin', who: 'seller' },
    { name: 'not-found', path: '/nowhere', who: 'seller' },
    {
      name: 'help',
      path: '/gallery',
      who: 'seller',
      act: (window) => opens(window, ({ page }) => page.keyboard.press('Shift+?')),
    },
    {
      name: 'person',
      path: '/gallery',
      who: 'seller',
      act: async ({ page }) => {
        await page.getByRole('button', { name: /^You/ }).click();
        await page.getByRole('link', { name: 'Profile' }).waitFor();
      },
    },
    {
      name: 'upload-done',
      path: '/upload',
      who: 'seller',
      act: async (window) => {
        await choose(window);
        await window.page.getByRole('button', { name: /^Upload \d/ }).click();
        await window.page.getByRole('heading', { name: /could not be taken in/ }).waitFor();
      },
    },
  ];
}

const PEOPLE = { seller: 'Ada King', new: 'Grace', worker: 'Ines Moreau' };

mkdirSync(OUT, { recursive: true });
if (values.docs) mkdirSync(DOCS, { recursive: true });
const shop = await Shop.open();
const studio = await Studio.start([], { VITRINE_FETCH_ALLOW: shop.place });
try {
  const first = await studio.open('/');
  const untouched: readonly Shot[] = [
    { name: 'home-first', path: '/', who: 'visitor' },
    { name: 'sign-up-first', path: '/sign-up', who: 'visitor' },
  ];
  for (const [width, options] of Object.entries(SIZES))
    await shoot(
      await studio.open('/', options),
      untouched.filter(({ name }) => wanted(name)),
      width,
    );
  const account = await first.signUp(PEOPLE.seller);
  await (await studio.open('/')).signUp(PEOPLE.new);
  const furnished = pages(await furnish(account));
  const worker = await (await studio.open('/')).signUp(PEOPLE.worker);
  const all = [...furnished, ...EMPTY_WORK, ...workPages(await furnishWork(worker, shop))];
  const shots = all.filter(({ name }) => wanted(name));
  for (const [width, options] of Object.entries(SIZES)) {
    for (const who of WHO) {
      const window = await studio.open('/', options);
      // Each picture of the edit page begins without a draft of the one before.
      await window.page.addInitScript(() => {
        for (const key of Object.keys(localStorage)) if (key.includes('draft')) localStorage.removeItem(key);
      });
      if (who !== 'visitor') await window.signIn(PEOPLE[who]);
      await shoot(
        window,
        shots.filter((shot) => shot.who === who),
        width,
      );
    }
  }
} finally {
  await studio.stop();
  shop.close();
}
