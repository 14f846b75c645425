// @vitest-environment jsdom
import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { WebhooksSection } from '../../../../frontend/src/features/profile/webhooks-section.tsx';
import { keys } from '../../../../frontend/src/lib/data/keys.ts';
import { show } from '../../params/show.tsx';

const webhook = {
  id: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  url: 'https://shop.example/vitrine',
  created_at: '2026-01-01T12:00:00.000Z',
};
const failed = {
  id: '01ARZ3NDEKTSV4RRFFQ69G5FAW',
  event: 'batch.ended',
  state: 'failed',
  attempts: 8,
  outcome: '500',
  created_at: '2026-01-02T12:00:00.000Z',
  due_at: '',
};

describe('webhooks', () => {
  it('says so where there are none', () => {
    show(<WebhooksSection />, [[keys.webhooks(), { items: [] }]]);
    expect(screen.getByText('No address is told anything yet.')).toBeTruthy();
  });

  it('shows what an address was told, and why it did not arrive', () => {
    show(<WebhooksSection />, [
      [keys.webhooks(), { items: [webhook] }],
      [keys.deliveries(webhook.id), { items: [failed], nextCursor: null }],
    ]);
    const told = screen.getByRole('button', { name: `What ${webhook.url} was told` });
    expect(told.getAttribute('aria-expanded')).toBe('false');
    expect(screen.queryByText(/had a problem/)).toBeNull();
    fireEvent.click(told);
    expect(told.getAttribute('aria-expanded')).toBe('true');
    expect(screen.getByText('The server there had a problem (500). Given up after 8 tries.')).toBeTruthy();
  });

  it('asks before one is deleted', async () => {
    show(<WebhooksSection />, [[keys.webhooks(), { items: [webhook] }]]);
    fireEvent.click(screen.getByRole('button', { name: `Delete ${webhook.url}` }));
    expect(await screen.findByText(/This cannot be undone/)).toBeTruthy();
  });
});
