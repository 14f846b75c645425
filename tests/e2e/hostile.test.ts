/** Texts that are markup elsewhere (D15): everywhere they are shown as what they are, and nothing of them runs. */
import { expect, test } from 'vitest';
import { photo } from '../backend-node/photos.ts';
import { calm, studioOfFile } from './story.ts';

const studio = studioOfFile();
const IMG = '"><img src=x onerror="window.pwned=1">';
const SVG = '<svg onload="window.pwned=1">';
const LINK = 'javascript:window.pwned=1';

test('hostile names, titles, tags, albums, presets and keys are shown as text, on every page', async () => {
  const window = await studio().open('/sign-up');
  const { page } = window;
  // Whatever sets it is heard of.
  await page.context().addInitScript(() => {
    const set = () => {
      throw new Error('A text was run');
    };
    Object.defineProperty(globalThis, 'pwned', { set });
  });
  await page.reload();
  const account = await window.signUp('Ada', '/upload');
  await account.call('PATCH', '/me', { name: SVG }).catch(() => undefined);
  const name = `${IMG}.png`;
  const dropped = [
    { name, mimeType: 'image/png', buffer: photo('coffee.png') },
    { name: `${SVG}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.from('no picture') },
    { name: `${SVG}.txt`, mimeType: 'text/plain', buffer: Buffer.from('text') },
  ];
  await window.choose('Choose pictures', dropped);
  await page.getByRole('combobox', { name: 'Put them into an album' }).fill(IMG);
  await page
    .getByRole('combobox', { name: 'Tag them' })
    .or(page.getByRole('textbox', { name: 'Tag them' }))
    .fill(SVG);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Upload 2 pictures' }).click();
  await page.getByRole('heading', { name: '1 picture could not be taken in' }).waitFor();
  for (const text of [name, `${SVG}.jpg`, `${SVG}.txt`]) await page.getByText(text, { exact: true }).first().waitFor();

  const { items } = await account.call<{ items: { id: string; name: string; revision: number }[] }>('GET', '/images');
  const [image] = items;
  if (!image) throw new Error('Expected a picture');
  await window.go('/gallery');
  await page.getByRole('link', { name: image.name }).waitFor();
  await page.keyboard.press('Control+a');
  await page.getByRole('toolbar', { name: '1 selected' }).waitFor();
  await page.getByRole('button', { name: 'Tags' }).click();
  await page.getByRole('dialog').waitFor();

  await account.call('POST', '/images/bulk', {
    ids: [image.id],
    action: 'set',
    title: IMG,
    sku: SVG,
    product_group: LINK,
  });
  const steps = [{ operation: 'watermark', params: { text: IMG } }];
  await account.call('POST', `/images/${image.id}/versions`, { recipe: { steps } });
  await account.call('POST', '/recipes', { name: IMG, description: SVG, recipe: { steps } });
  const { items: albums } = await account.call<{ items: { id: string }[] }>('GET', '/albums');
  const album = albums[0]?.id ?? '';
  const { url } = await account.call<{ url: string }>('POST', `/albums/${album}/shares`, {});

  await window.go(`/images/${image.id}`);
  await page.getByRole('heading', { name: IMG, level: 1 }).waitFor({ state: 'attached' });
  expect(await page.title()).toContain(IMG);
  await page.getByText(SVG).first().waitFor();
  await page.getByRole('button', { name: 'Albums' }).click();
  await page.getByRole('checkbox', { name: IMG }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Move to trash' }).click();
  await page.getByText('Moved to the trash.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();

  await window.go(`/images/${image.id}/edit`);
  await page.getByRole('heading', { name: IMG, level: 1 }).waitFor();
  await page.getByRole('tab', { name: 'Presets' }).click();
  await page.getByText(IMG, { exact: true }).nth(1).waitFor();

  const asked = encodeURIComponent(SVG);
  for (const path of [`/gallery?tag=${asked}&sku=${asked}`, `/gallery?q=${asked}`, `/gallery?format=${asked}`]) {
    await window.go(path);
    await page
      .getByText(/onload/i)
      .first()
      .waitFor();
  }
  for (const path of ['/', '/albums', `/albums/${album}`, '/profile', '/admin', url]) {
    await window.go(path);
    await page.getByRole('heading').first().waitFor();
    if (path.includes('albums') || path === url) await page.getByText(IMG).first().waitFor();
  }
  // Neither a page of others nor a script is gone to.
  for (const to of ['//example.org', 'https://example.org', LINK]) {
    await window.go(`/sign-in?to=${encodeURIComponent(to)}`);
    await page.getByRole('navigation', { name: 'Pages' }).waitFor();
    expect(new URL(page.url()).origin).toBe(studio().url);
  }
  window.expect(/415 .*\.jpg/);
  calm(window);
});
