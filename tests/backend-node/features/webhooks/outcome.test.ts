import { describe, expect, test } from 'vitest';
import { GatewayError } from '../../../../backend-node/src/errors.ts';
import { answered, PAUSES_MS, unanswered } from '../../../../backend-node/src/features/webhooks/outcome.ts';
import type { DeliveryRow } from '../../../../backend-node/src/store/rows.ts';

const row = (more: Partial<DeliveryRow> = {}): DeliveryRow => ({
  id: 'd',
  revision: 1,
  owner: 'anna',
  webhook: 'w',
  event: 'batch.ended',
  body: '{}',
  state: 'waiting',
  attempts: 0,
  due_at: '',
  outcome: '',
  created_at: '',
  ...more,
});

const waits_ms = ({ due_at }: DeliveryRow): number => Date.parse(due_at) - Date.now();

describe('an answer', () => {
  test.each([200, 202, 204, 299])('of %i ends it well', (status) => {
    expect(answered(row(), status)).toMatchObject({
      state: 'delivered',
      attempts: 1,
      outcome: String(status),
      due_at: '',
    });
  });

  test.each([301, 302, 400, 404, 429, 500, 503])('of %i is tried again', (status) => {
    const next = answered(row(), status);
    expect(next).toMatchObject({ state: 'waiting', attempts: 1, outcome: String(status) });
    expect(waits_ms(next)).toBeGreaterThan(4000);
  });

  test('of 410 ends it at once', () => {
    expect(answered(row(), 410)).toMatchObject({ state: 'failed', attempts: 1, outcome: '410', due_at: '' });
  });

  test('that is bad every time is waited for longer and longer, and then it has failed', () => {
    let now = row();
    const waited: number[] = [];
    for (now = answered(now, 500); now.state === 'waiting'; now = answered(now, 500)) waited.push(waits_ms(now));
    expect(waited).toHaveLength(PAUSES_MS.length);
    for (const [at, ms] of waited.entries()) {
      expect(ms).toBeGreaterThan((PAUSES_MS[at] ?? 0) * 0.99);
      expect(ms).toBeLessThan((PAUSES_MS[at] ?? 0) * 1.21);
    }
    expect(now).toMatchObject({ state: 'failed', attempts: PAUSES_MS.length + 1, due_at: '' });
  });

  test('to a test is the last one', () => {
    expect(answered(row({ event: 'webhook.test' }), 500)).toMatchObject({ state: 'failed', outcome: '500' });
  });
});

describe('no answer', () => {
  const because = (
    code: 'blocked_address' | 'invalid_request' | 'fetch_failed' | 'processing_unavailable' | 'too_busy',
  ) => unanswered(row(), new GatewayError(code, 'Expected another'));

  test.each(['blocked_address', 'invalid_request'] as const)('because of %s is for good', (code) => {
    expect(because(code)).toMatchObject({ state: 'failed', outcome: 'Expected another', due_at: '' });
  });

  test('because the receiver is away is an attempt', () => {
    expect(because('fetch_failed')).toMatchObject({ state: 'waiting', attempts: 1 });
  });

  test.each(['processing_unavailable', 'too_busy'] as const)('because of %s is nobody’s fault', (code) => {
    const next = because(code);
    expect(next).toMatchObject({ state: 'waiting', attempts: 0 });
    expect(waits_ms(next)).toBeGreaterThan(1000);
  });
});
