// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, expect, test, vi } from 'vitest';
import { ServerCard } from '../../../../frontend/src/app/frame/server-card.tsx';
import type { ServerWork } from '../../../../frontend/src/app/frame/server-work.ts';
import { aBatch, BATCH_ID } from '../../features/batches/a-batch.ts';
import { show } from '../../params/show.tsx';

afterEach(() => vi.restoreAllMocks());

const open = (work: ServerWork, onLeave = (): void => undefined): void =>
  show(
    <MemoryRouter>
      <ServerCard work={work} onLeave={onLeave} />
    </MemoryRouter>,
  );

test('says how far a batch is, and leads to it', () => {
  const onLeave = vi.fn();
  open({ kind: 'batch', job: aBatch() }, onLeave);
  expect(screen.getByText('3 of 10 pictures · 2 a second · about 3 min left · 1 failed')).toBeDefined();
  const link = screen.getByRole('link', { name: 'See it' });
  expect(link.getAttribute('href')).toBe(`/batches/${BATCH_ID}`);
  fireEvent.click(link);
  expect(onLeave).toHaveBeenCalledOnce();
});

test('pauses what runs, and what is paused goes on', async () => {
  vi.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.resolve(Response.json(aBatch({ state: 'paused' }))));
  open({ kind: 'batch', job: aBatch() });
  fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
  await waitFor(() => expect(fetch).toHaveBeenCalledWith(`/api/v1/batches/${BATCH_ID}/pause`, expect.anything()));
  open({ kind: 'batch', job: aBatch({ state: 'paused' }) });
  fireEvent.click(screen.getByRole('button', { name: 'Go on' }));
  await waitFor(() => expect(fetch).toHaveBeenCalledWith(`/api/v1/batches/${BATCH_ID}/resume`, expect.anything()));
});

test('asks before it cancels, since there is no way back', async () => {
  vi.spyOn(globalThis, 'fetch').mockImplementation(() =>
    Promise.resolve(Response.json(aBatch({ state: 'cancelled' }))),
  );
  open({ kind: 'batch', job: aBatch() });
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(fetch).not.toHaveBeenCalled();
  fireEvent.click(await screen.findByRole('button', { name: 'Cancel it' }));
  await waitFor(() => expect(fetch).toHaveBeenCalledWith(`/api/v1/batches/${BATCH_ID}/cancel`, expect.anything()));
});

test('an import can be cancelled, but not paused', () => {
  open({ kind: 'import', job: aBatch() });
  expect(screen.getByRole('button', { name: 'Cancel' })).toBeDefined();
  expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull();
  expect(screen.getByRole('link', { name: 'See it' }).getAttribute('href')).toBe(`/imports/${BATCH_ID}`);
});

test('what is being listed has no switches yet', () => {
  open({ kind: 'batch', job: aBatch({ state: 'preparing', total: 0 }) });
  expect(screen.queryAllByRole('button')).toHaveLength(0);
  expect(screen.getByText('Its pictures are being listed')).toBeDefined();
});
