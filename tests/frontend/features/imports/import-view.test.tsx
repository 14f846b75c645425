// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { expect, test } from 'vitest';
import { ImportTable } from '../../../../frontend/src/features/imports/import-table.tsx';
import { ImportView } from '../../../../frontend/src/features/imports/import-view.tsx';
import type { Import } from '../../../../frontend/src/lib/data/imports.ts';
import { keys } from '../../../../frontend/src/lib/data/keys.ts';
import { show } from '../../params/show.tsx';

const ID = '01M7WS70ECHDCWBBVW12KDBXQX';
const IMPORT: Import = {
  id: ID,
  revision: 1,
  name: '<b>shop.csv</b>',
  state: 'partial',
  priority: 'normal',
  total: 30,
  counts: { waiting: 0, running: 0, done: 25, failed: 5 },
  trouble: null,
  created_at: '2026-11-20T12:00:00.000Z',
  ended_at: '2026-11-20T12:02:00.000Z',
  rate_per_s: null,
  left_s: null,
  retryable: 5,
  fresh: 20,
  batch: '',
};

const showImport = (change: Partial<Import>) =>
  show(
    <MemoryRouter>
      <ImportView id={ID} />
    </MemoryRouter>,
    [[keys.import(ID), { ...IMPORT, ...change }]],
  );

test('one that has ended says what came, what failed, and where it can be seen', () => {
  showImport({});
  expect(screen.getByRole('heading').textContent).toBe('<b>shop.csv</b>');
  expect(screen.getByText(/5 failed · 20 new · 5 you had already/)).toBeDefined();
  expect(screen.getByRole('link', { name: 'See them in the gallery' }).getAttribute('href')).toMatch(
    /^\/gallery\?from=/,
  );
  expect(screen.getByRole('button', { name: 'Try 5 failed ones again' })).toBeDefined();
  expect(screen.getByRole('button', { name: 'Had already 5' })).toBeDefined();
});

test('rows with a mistake are not offered to be tried again', () => {
  showImport({ retryable: 2 });
  expect(screen.getByRole('button', { name: 'Try 2 failed ones again' })).toBeDefined();
});

test('leads to the batch that followed', () => {
  showImport({ batch: '01M7WS70ECHDCWBBVW12KDBXQY' });
  const link = screen.getByRole('link', { name: 'Show the batch that followed' });
  expect(link.getAttribute('href')).toBe('/batches/01M7WS70ECHDCWBBVW12KDBXQY');
});

test('one that never began says why', () => {
  const trouble = { code: 'invalid_table', detail: 'Expected a header row' };
  showImport({ state: 'failed', total: 0, counts: { waiting: 0, running: 0, done: 0, failed: 0 }, fresh: 0, trouble });
  expect(screen.getByText(/Expected a header row/)).toBeDefined();
  expect(screen.queryByRole('table')).toBeNull();
});

test('the list of imports says where to begin where there is none', () => {
  show(
    <MemoryRouter>
      <ImportTable />
    </MemoryRouter>,
    [[keys.imports(), { pages: [{ items: [], nextCursor: null }], pageParams: [''] }]],
  );
  expect(screen.getByRole('link', { name: 'Get pictures from links' }).getAttribute('href')).toBe('/upload?from=links');
});
