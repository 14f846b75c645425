/** A folder goes in, listing pictures come out. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { photo } from '../backend-node/photos.ts';
import { expectAccessible } from './accessible.ts';
import { shownBy } from './pixels.ts';
import { calm, studioOfFile } from './story.ts';

const studio = studioOfFile();

/** Eight files as sellers have them: six pictures, two of them the same, one broken, and a text. */
function folder(home: string): string {
  const path = join(home, 'Autumn');
  mkdirSync(path);
  const files = {
    'mug.png': photo('coffee.png'),
    'cat.png': photo('chelsea.png'),
    'cat (copy).png': photo('chelsea.png'),
    'rocket.jpg': photo('rocket.jpg'),
    'horse.png': photo('horse.png'),
    'pilot.png': photo('astronaut.png'),
    'broken.jpg': Buffer.from('this was a picture once'),
    'notes.txt': Buffer.from('buy more mugs'),
    '.DS_Store': Buffer.from('left by the system'),
  };
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(path, name), bytes);
  return path;
}

test('a folder is uploaded, each file says what became of it, a preset makes listing pictures, one is downloaded', async () => {
  const window = await studio().open();
  const { page } = window;
  await window.signUp('Ada', '/upload');
  await expectAccessible(page, 'upload, empty');

  await window.choose('Choose a folder', folder(studio().home));
  await page.getByRole('heading', { name: /^7 pictures/ }).waitFor();
  await expectAccessible(page, 'upload, chosen');
  await page.getByRole('combobox', { name: 'Then apply a preset' }).fill('White back');
  await page.getByRole('option', { name: 'White background' }).click();
  await page.getByRole('button', { name: 'Upload 7 pictures' }).click();

  await page.getByRole('heading', { name: '1 picture could not be taken in' }).waitFor();
  // Which of the two arrived first is chance.
  const file = (name: string) => page.getByRole('listitem').filter({ hasText: name });
  await expect.poll(() => file('cat').getByText('you had this already').count()).toBe(1);
  await expect.poll(() => file('cat').getByText('in the gallery').count()).toBe(1);
  const reason = await file('broken.jpg').innerText();
  expect(reason).toContain('failed');
  expect(reason.split('\n').at(-1)).toMatch(/\w+ \w+ \w+/);
  expect(await file('notes.txt').innerText()).toContain('Not a picture that Vitrine reads.');
  expect(await file('.DS_Store').count()).toBe(0);
  await page.getByText('5 pictures queued. Without 1 file that could not be sent.').waitFor();
  await expectAccessible(page, 'upload, over');
  await page.getByRole('link', { name: 'Show the batch' }).click();
  await page.getByText('5 of 5').first().waitFor({ timeout: 90_000 });

  await page.getByRole('link', { name: 'Gallery', exact: true }).click();
  const pictures = page.getByRole('group', { name: 'Pictures' });
  await expect.poll(() => pictures.getByRole('link').count()).toBe(5);
  await expectAccessible(page, 'gallery');

  await pictures.getByRole('link', { name: 'mug.png' }).click();
  await page.getByRole('button', { name: 'Download' }).click();
  await expectAccessible(page, 'image');
  const arriving = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /what is shown/i }).click();
  const download = await arriving;
  expect(download.suggestedFilename()).toMatch(/^mug.*\.(?:jpe?g|png)$/);
  const bytes = readFileSync(await download.path());
  const { corners } = await shownBy(page, bytes);
  expect(corners).toEqual(Array.from({ length: 4 }, () => [255, 255, 255, 255]));
  window.expect(/415 .*name=broken\.jpg/);
  calm(window);
});
