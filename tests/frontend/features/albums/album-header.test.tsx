// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import axe from 'axe-core';
import { MemoryRouter } from 'react-router';
import { expect, test } from 'vitest';
import { AlbumHeader } from '../../../../frontend/src/features/albums/album-header.tsx';
import type { Album } from '../../../../frontend/src/lib/data/albums.ts';
import { show } from '../../params/show.tsx';

const MARKUP = '<img src=x onerror=alert(1)>';
const album: Album = {
  id: '01M7WS70ECHDCWBBVW12KDBXQX',
  revision: 1,
  name: MARKUP,
  description: `"><script>alert(1)</script>`,
  created_at: '2026-11-20T15:29:16.264Z',
  images: 1204,
  covers: [],
};

const showHeader = () =>
  show(
    <MemoryRouter>
      <AlbumHeader album={album} onShare={() => undefined} />
    </MemoryRouter>,
  );

test('a name and a description like markup are shown as they were written', () => {
  showHeader();
  expect(screen.getByRole('heading').textContent).toBe(MARKUP);
  expect(screen.getByText(/<script>/).textContent).toBe('1,204 pictures · "><script>alert(1)</script>');
  expect(document.querySelectorAll('img, script')).toHaveLength(0);
  expect(document.title).toContain(MARKUP);
});

test('every control has a name', async () => {
  showHeader();
  const { violations } = await axe.run(document.body, { runOnly: ['button-name', 'link-name', 'heading-order'] });
  expect(violations).toEqual([]);
});
