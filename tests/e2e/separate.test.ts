/** Three people in one Vitrine: nobody sees what belongs to another, unless it was shared. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { photo } from '../backend-node/photos.ts';
import type { Account } from './account.ts';
import { expectAccessible } from './accessible.ts';
import type { Window } from './studio.ts';
import { calm, studioOfFile } from './story.ts';

const studio = studioOfFile();

interface Person {
  readonly name: string;
  readonly window: Window;
  readonly account: Account;
  readonly picture: { readonly id: string; readonly name: string };
  readonly album: string;
}

const PHOTOS = { Ada: 'coffee.png', Grace: 'chelsea.png', Mary: 'rocket.jpg' };

async function arrive(name: string, photoName: string): Promise<Person> {
  const window = await studio().open('/sign-up');
  const account = await window.signUp(name, '/upload');
  const chosen = { name: `of-${name}.png`, mimeType: 'image/png', buffer: photo(photoName) };
  await window.choose('Choose pictures', [chosen]);
  const { page } = window;
  await page.getByRole('combobox', { name: 'Put them into an album' }).fill(`Album of ${name}`);
  await page.getByRole('button', { name: 'Upload 1 picture' }).click();
  await page.getByRole('heading', { name: 'All there' }).waitFor();
  const { items } = await account.call<{ items: Person['picture'][] }>('GET', '/images');
  const { items: albums } = await account.call<{ items: { id: string }[] }>('GET', '/albums');
  const [picture] = items;
  const [album] = albums;
  if (!picture || !album) throw new Error('Expected a picture and an album');
  return { name, window, account, picture, album: album.id };
}

/** Whether the browser shows that address as a picture. */
const isShown = (page: Page, address: string): Promise<boolean> =>
  page.evaluate(async (src) => {
    const picture = new Image();
    picture.src = src;
    return picture.decode().then(
      () => picture.naturalWidth > 0,
      () => false,
    );
  }, address);

const fileOf = ({ picture }: Person): string => `/api/v1/images/${picture.id}/file?variant=thumb`;

test('everybody sees their own pictures and albums, and nobody those of others', async () => {
  const people = [];
  for (const [name, file] of Object.entries(PHOTOS)) people.push(await arrive(name, file));
  for (const person of people) {
    const { page } = person.window;
    const others = people.filter((one) => one !== person);
    await person.window.go('/gallery');
    await page.getByRole('link', { name: person.picture.name }).waitFor();
    expect(await page.getByRole('group', { name: 'Pictures' }).getByRole('link').count()).toBe(1);
    expect(await isShown(page, fileOf(person))).toBe(true);
    await person.window.go('/albums');
    await page.getByRole('link', { name: `Album of ${person.name}` }).waitFor();
    for (const other of others) {
      expect(await page.getByText(`Album of ${other.name}`).count()).toBe(0);
      expect(await isShown(page, fileOf(other))).toBe(false);
      await person.window.go(`/gallery?q=${other.picture.name}`);
      await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
      await person.window.go(`/images/${other.picture.id}`);
      await page.getByRole('heading', { name: 'This picture is not here' }).waitFor();
      await person.window.go(`/albums/${other.album}`);
      await page.getByRole('heading', { name: 'This album is not here' }).waitFor();
    }
    await expectAccessible(page, 'an album of somebody else');
    // Whatever belongs to others is answered as if it were not there.
    person.window.expect(/status of 404/);
    calm(person.window);
  }
});

test('a link shows visitors the album and nothing else, until it is ended', async () => {
  const owner = await studio().open('/sign-up');
  const account = await owner.signUp('Rosalind');
  const [shared, kept] = await account.upload([
    ['shared.png', photo('coffee.png')],
    ['kept.png', photo('rocket.jpg')],
  ]);
  if (!shared || !kept) throw new Error('Expected two pictures');
  const { id } = await account.call<{ id: string }>('POST', '/albums', { name: 'For the shop' });
  await account.call('POST', `/albums/${id}/images`, { ids: [shared.id] });

  await owner.go(`/albums/${id}`);
  await owner.page.getByRole('button', { name: 'Share' }).click();
  await owner.page.getByRole('button', { name: 'Make a link' }).click();
  const address = await owner.page.getByRole('textbox', { name: 'Link' }).inputValue();
  await expectAccessible(owner.page, 'share dialog');

  const visitor = await studio().open(new URL(address).pathname);
  const { page } = visitor;
  await page.getByRole('heading', { name: 'For the shop' }).waitFor();
  await expect.poll(() => page.getByRole('img').count()).toBe(1);
  await page.getByRole('img', { name: 'shared.png' }).waitFor();
  await expectAccessible(page, 'what visitors see');
  const token = new URL(address).pathname.split('/').at(-1) ?? '';
  const file = (image: string) => `/api/v1/shared/${token}/images/${image}/file?variant=thumb`;
  expect(await isShown(page, file(shared.id))).toBe(true);
  expect(await isShown(page, file(kept.id))).toBe(false);

  await owner.page.getByRole('button', { name: 'End this link' }).click();
  await owner.page.getByRole('button', { name: 'End it now' }).click();
  await owner.page.getByText('You ended it').waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
  await expectAccessible(page, 'a link that ended');
  expect(await isShown(page, file(shared.id))).toBe(false);
  visitor.expect(/status of (?:403|404)/);
  calm(visitor);
  calm(owner);
});
