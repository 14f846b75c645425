// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { expect, test } from 'vitest';
import { BatchTable } from '../../../../frontend/src/features/batches/batch-table.tsx';
import type { Batch } from '../../../../frontend/src/lib/data/batches.ts';
import { keys } from '../../../../frontend/src/lib/data/keys.ts';
import { show } from '../../params/show.tsx';
import { aBatch, BATCH_ID } from './a-batch.ts';

const open = (items: readonly Batch[], nextCursor: string | null = null): void =>
  show(
    <MemoryRouter>
      <BatchTable />
    </MemoryRouter>,
    [
      [keys.batches(), { pages: [{ items, nextCursor }], pageParams: [''] }],
      [keys.catalogue('presets'), { items: [{ name: 'catalog-white', title: 'Catalog white', kind: 'preset' }] }],
    ],
  );

test('a row says its state, what is done, how far it is, and leads to what failed', () => {
  open([aBatch()]);
  const row = within(screen.getByRole('row', { name: /Autumn shoes/ }));
  expect(row.getByText('Running')).toBeDefined();
  expect(row.getByText('Catalog white')).toBeDefined();
  expect(row.getByText('3 of 10 pictures · 2 a second · about 3 min left')).toBeDefined();
  expect(row.getByRole('link', { name: 'Failed: 1' }).getAttribute('href')).toBe(
    `/batches/${BATCH_ID}?show=failed&view=list`,
  );
  expect(row.getByRole('link', { name: 'To review: 1' })).toBeDefined();
});

test('what has ended has no bar, and nothing of what there is none', () => {
  open([aBatch({ state: 'done', to_review: 0, counts: { waiting: 0, running: 0, done: 10, failed: 0 } })]);
  expect(screen.queryByRole('progressbar')).toBeNull();
  expect(screen.getByText('10 of 10 pictures')).toBeDefined();
  expect(screen.queryByRole('link', { name: /Failed/ })).toBeNull();
});

test('without batches it says what one is and where to begin', () => {
  open([]);
  expect(screen.getByRole('heading', { name: 'No batches yet' })).toBeDefined();
  expect(screen.getByRole('link', { name: 'Choose pictures' }).getAttribute('href')).toBe('/gallery');
});

test('older ones come when they are asked for', () => {
  open([aBatch()], 'next');
  expect(screen.getByRole('button', { name: 'Show more' })).toBeDefined();
});
