// @vitest-environment jsdom
import { fireEvent, screen } from '@testing-library/react';
import axe from 'axe-core';
import { MemoryRouter } from 'react-router';
import { expect, test } from 'vitest';
import { Links } from '../../../../frontend/src/features/imports/links.tsx';
import { keys } from '../../../../frontend/src/lib/data/keys.ts';
import { show } from '../../params/show.tsx';

const KNOWN = [
  [keys.albums(), []],
  [keys.recipes(), []],
  [keys.catalogue('presets'), { items: [] }],
  [keys.facets(), { tags: [], formats: [], review_states: [] }],
] as const;

const showLinks = (handed?: File) =>
  show(
    <MemoryRouter>
      <Links handed={handed} />
    </MemoryRouter>,
    KNOWN,
  );

const start = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });

test('addresses are counted and checked as they are written', () => {
  showLinks();
  expect(start('Get the pictures').disabled).toBe(true);
  const field = screen.getByRole('textbox', { name: /Addresses of pictures/ });
  fireEvent.change(field, { target: { value: 'https://a.example/1.jpg\nmug.jpg\nhttps://a.example/1.jpg' } });
  expect(screen.getByText('1 address · 1 address more than once')).toBeDefined();
  expect(screen.getByText(/No address on line 2/)).toBeDefined();
  expect(start('Get 1 picture').disabled).toBe(false);
});

test('a list takes the place of the addresses, says which rows will fail, and can be taken away', async () => {
  showLinks(new File(['image_url\nhttps://a.example/1.jpg\nmug.jpg'], 'shop.csv'));
  expect(await screen.findByText('shop.csv')).toBeDefined();
  expect(screen.queryByRole('textbox', { name: /Addresses of pictures/ })).toBeNull();
  expect(screen.getByText(/row 3: “mug.jpg” is no address/)).toBeDefined();
  expect(start('Get 1 picture').disabled).toBe(false);
  fireEvent.click(screen.getByRole('button', { name: 'Take shop.csv off the list' }));
  expect(screen.getByRole('textbox', { name: /Addresses of pictures/ })).toBeDefined();
});

test('a list that cannot be read is not sent', async () => {
  showLinks(new File(['{'], 'shop.json'));
  expect(await screen.findByRole('alert')).toBeDefined();
  expect(start('Get the pictures').disabled).toBe(true);
});

test('every control has a name', async () => {
  showLinks();
  const { violations } = await axe.run(document.body, {
    runOnly: ['button-name', 'link-name', 'label', 'heading-order'],
  });
  expect(violations).toEqual([]);
});
