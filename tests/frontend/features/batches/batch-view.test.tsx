// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BatchView } from '../../../../frontend/src/features/batches/batch-view.tsx';
import type { Batch, BatchItem } from '../../../../frontend/src/lib/data/batches.ts';
import { keys } from '../../../../frontend/src/lib/data/keys.ts';
import { show } from '../../params/show.tsx';
import { aBatch, aDoneItem, aFailedItem, anItem, BATCH_ID } from './a-batch.ts';

const PRESETS = { items: [{ name: 'catalog-white', title: 'Catalog white', kind: 'preset' }] };

beforeEach(() => {
  // jsdom lays nothing out.
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 200, 1000, 800));
  vi.spyOn(globalThis, 'fetch').mockImplementation(() => new Promise(() => undefined));
  vi.spyOn(window, 'scrollTo').mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

const askedFor = (end: string): readonly unknown[] =>
  vi.mocked(fetch).mock.calls.filter(([url]) => typeof url === 'string' && url.split('?', 1)[0]?.endsWith(end));

function open(batch: Batch, items: readonly BatchItem[], search = ''): void {
  const page = (
    <MemoryRouter initialEntries={[`/batches/${BATCH_ID}${search}`]}>
      <BatchView id={BATCH_ID} />
    </MemoryRouter>
  );
  show(page, [
    [keys.batch(BATCH_ID), batch],
    [keys.catalogue('presets'), PRESETS],
    [keys.batchItems(BATCH_ID, { from: 1, limit: 100 }), { items, next: null }],
    [
      keys.batchItems(BATCH_ID, { state: 'failed', each: true }),
      { pages: [{ items: items.filter(({ state }) => state === 'failed'), next: null }], pageParams: [1] },
    ],
  ]);
}

const MIXED = [
  aDoneItem(1),
  aDoneItem(2, { review_state: 'needs_review' }),
  aFailedItem(3, {
    row: 4,
    attempts: 3,
    problem: { code: 'invalid_table', detail: 'Expected a number, received "x"' },
  }),
  anItem(4, { state: 'running' }),
  ...[5, 6, 7, 8, 9, 10].map((number) => anItem(number)),
];

test('while it runs it tells how far, and each picture its state', () => {
  open(aBatch(), MIXED);
  expect(screen.getByRole('heading', { name: 'Autumn shoes' })).toBeDefined();
  expect(screen.getByText('3 of 10 pictures · 2 a second · about 3 min left · 1 failed')).toBeDefined();
  expect(screen.getByRole('progressbar', { name: 'Autumn shoes' }).getAttribute('aria-valuenow')).toBe('30');
  const grid = within(screen.getByRole('group', { name: 'Pictures of the batch' }));
  const done = grid.getByRole('link', { name: 'shoes/1.jpg: Done' });
  expect(done.getAttribute('href')).toContain(`/images/${MIXED[0]?.image}?version=${MIXED[0]?.version}`);
  expect(grid.getByRole('link', { name: 'shoes/2.jpg: To review' })).toBeDefined();
  expect(grid.getByRole('button', { name: 'shoes/3.jpg: Row mistake' })).toBeDefined();
  expect(grid.getByRole('link', { name: 'shoes/4.jpg: Being worked on' })).toBeDefined();
});

test('there is one thing to do first', () => {
  open(aBatch(), MIXED);
  expect(screen.getByRole('button', { name: 'Pause' })).toBeDefined();
  open(aBatch({ state: 'paused' }), MIXED);
  expect(screen.getByRole('button', { name: 'Go on' })).toBeDefined();
  expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull();
});

test('what holds it up is said in plain words', () => {
  open(aBatch({ trouble: { code: 'storage_full', detail: 'ENOSPC' } }), MIXED);
  expect(screen.getByText(/There is no room on the disk/)).toBeDefined();
  expect(screen.queryByText(/ENOSPC/)).toBeNull();
});

test('a picture that failed tells why, and offers its remedy', async () => {
  open(aBatch({ state: 'partial' }), MIXED);
  fireEvent.click(screen.getByRole('button', { name: 'shoes/3.jpg: Row mistake' }));
  const panel = within(await screen.findByRole('dialog'));
  expect(panel.getByText('a number')).toBeDefined();
  expect(panel.getByText('x')).toBeDefined();
  expect(panel.getByText('Row 4')).toBeDefined();
  expect(panel.getByRole('link', { name: 'Open the picture' })).toBeDefined();
  fireEvent.click(panel.getByRole('button', { name: 'Try again' }));
  await waitFor(() =>
    expect(fetch).toHaveBeenCalledWith(`/api/v1/batches/${BATCH_ID}/retry-failed`, expect.anything()),
  );
});

test('what was refused before it began is not offered to be tried again', async () => {
  open(aBatch({ state: 'partial', total: 1 }), [aFailedItem(1, { attempts: 0, row: 2 })]);
  fireEvent.click(screen.getByRole('button', { name: 'shoes/1.jpg: Damaged file' }));
  const panel = within(await screen.findByRole('dialog'));
  expect(panel.getByText(/Correct the row/)).toBeDefined();
  expect(panel.queryByRole('button', { name: /Try/ })).toBeNull();
});

test('a cancelled batch does not offer to try again', async () => {
  open(aBatch({ state: 'cancelled' }), MIXED);
  expect(screen.getByText('Cancelled')).toBeDefined();
  expect(screen.getByRole('link', { name: 'shoes/5.jpg: Not done' })).toBeDefined();
  expect(screen.getByRole('button', { name: 'Not done 6' })).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'shoes/3.jpg: Row mistake' }));
  const panel = within(await screen.findByRole('dialog'));
  expect(panel.queryByRole('button', { name: /Try/ })).toBeNull();
});

test('the failed ones as a list say why, row by row', () => {
  open(aBatch({ state: 'partial' }), MIXED, '?show=failed&view=list');
  const table = within(screen.getByRole('table', { name: 'Pictures of the batch' }));
  expect(table.getAllByRole('row')).toHaveLength(2);
  expect(table.getByText('Expected a number, received "x"')).toBeDefined();
  expect(table.getByText('Row mistake')).toBeDefined();
});

test('of 50,000 pictures only those in sight are on the page, and only their pages are asked for', () => {
  open(aBatch({ total: 50_000, counts: { waiting: 49_990, running: 0, done: 10, failed: 0 } }), MIXED);
  const cells = document.querySelectorAll('[data-place]');
  expect(cells.length).toBeGreaterThan(20);
  expect(cells.length).toBeLessThan(150);
  expect(askedFor('/items')).toHaveLength(0);
});

test('the arrow keys go over the pictures, and the Tab key comes to one of them', () => {
  open(aBatch(), MIXED);
  const first = screen.getByRole('link', { name: 'shoes/1.jpg: Done' });
  expect(document.querySelectorAll('[data-place][tabindex="0"]')).toHaveLength(1);
  fireEvent.keyDown(first, { key: 'ArrowRight' });
  expect(document.activeElement?.getAttribute('aria-label')).toBe('shoes/2.jpg: To review');
  expect(document.activeElement?.getAttribute('tabindex')).toBe('0');
});

test('while its pictures are listed it says so', () => {
  open(aBatch({ state: 'preparing', total: 0, counts: { waiting: 0, running: 0, done: 0, failed: 0 } }), []);
  expect(screen.getByText('Its pictures are being listed')).toBeDefined();
  expect(screen.getByText('Getting ready')).toBeDefined();
});

test('one that never began says why, and where to begin anew', () => {
  const trouble = { code: 'broken_archive', detail: 'Expected a zip without a password' };
  open(aBatch({ state: 'failed', total: 0, counts: { waiting: 0, running: 0, done: 0, failed: 0 }, trouble }), []);
  expect(screen.getByText(/has a password. Make one without/)).toBeDefined();
  expect(screen.getByRole('link', { name: 'Upload anew' }).getAttribute('href')).toBe('/upload');
});

test('cancelling is asked first, since there is no way back', async () => {
  open(aBatch(), MIXED);
  fireEvent.click(screen.getByRole('button', { name: 'More' }));
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Cancel' }));
  const ask = within(await screen.findByRole('dialog', { name: 'Cancel this batch' }));
  expect(askedFor('/cancel')).toHaveLength(0);
  fireEvent.click(ask.getByRole('button', { name: 'Cancel the batch' }));
  await waitFor(() => expect(fetch).toHaveBeenCalledWith(`/api/v1/batches/${BATCH_ID}/cancel`, expect.anything()));
});
