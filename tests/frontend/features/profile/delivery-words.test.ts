import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../../../backend-node/src/contract/webhooks.ts';
import { eventWords, outcomeWords } from '../../../../frontend/src/features/profile/delivery-words.ts';

const NOW = Date.UTC(2026, 0, 1, 12);
const inMinutes = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString();

const told = (more: Partial<Delivery>): string =>
  outcomeWords(
    {
      id: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
      event: 'batch.ended',
      state: 'failed',
      attempts: 1,
      outcome: '',
      created_at: inMinutes(-1),
      due_at: '',
      ...more,
    },
    NOW,
  );

describe('how a delivery went', () => {
  it.each([
    ['200', 'It arrived.'],
    ['204', 'It arrived.'],
    ['302', 'The address leads to another one (302). Add that one instead.'],
    ['400', 'The server there did not take it (400).'],
    ['401', 'The server there refused it (401). Does it have the right secret?'],
    ['404', 'There is nothing at this address (404).'],
    ['410', 'The server there wants no more messages (410).'],
    ['503', 'The server there had a problem (503).'],
    ['Expected a public address', 'Expected a public address.'],
  ])('is told in words: %s', (outcome, words) => {
    expect(told({ outcome, state: Number(outcome) < 300 ? 'delivered' : 'failed' })).toBe(words);
  });

  it('is not known while it is on its way', () => {
    expect(told({ state: 'waiting', attempts: 0, due_at: inMinutes(0) })).toBe('On its way.');
  });

  it('says when it is tried again', () => {
    const waiting = { state: 'waiting', outcome: '500' } as const;
    expect(told({ ...waiting, due_at: inMinutes(10) })).toMatch(/\(500\)\. Next try: in 10 minutes\.$/);
    expect(told({ ...waiting, due_at: inMinutes(-1) })).toMatch(/Next try: now\.$/);
  });

  it('says after how many tries it was given up', () => {
    expect(told({ outcome: '500', attempts: 8 })).toMatch(/\. Given up after 8 tries\.$/);
  });
});

it('names what happened, and what it does not know as it is', () => {
  expect(['batch.ended', 'import.ended', 'webhook.test', 'other.thing'].map(eventWords)).toEqual([
    'A batch ended',
    'An import ended',
    'Test',
    'other.thing',
  ]);
});
