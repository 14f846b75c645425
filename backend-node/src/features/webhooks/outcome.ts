/** What an attempt means for a delivery: over, or once more later. */
import type { GatewayError } from '../../errors.ts';
import type { DeliveryRow } from '../../store/rows.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Before the second attempt, the third, …; after the last one it has failed. */
export const PAUSES_MS: readonly number[] = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  HOUR_MS,
  5 * HOUR_MS,
  24 * HOUR_MS,
];
/** Where nobody was asked, because the gateway could not. */
const UNASKED_MS = 15 * SECOND_MS;
const GONE = 410;

/** Told on purpose, by somebody who waits for the outcome: once is enough. */
export const TEST = 'webhook.test';

/** The row after a receiver answered. */
export function answered(row: DeliveryRow, status: number): DeliveryRow {
  const outcome = String(status);
  if (status >= 200 && status < 300) return over(row, 'delivered', outcome);
  return status === GONE ? over(row, 'failed', outcome) : later(row, outcome);
}

/** The row after it was not sent, or nobody answered. */
export function unanswered(row: DeliveryRow, { code, message }: GatewayError): DeliveryRow {
  if (code === 'blocked_address' || code === 'invalid_request') return over(row, 'failed', message);
  if (code === 'fetch_failed') return later(row, message);
  return { ...row, outcome: message, due_at: after(UNASKED_MS) };
}

/** Of up to a fifth more, so that what failed together does not come back together. */
function later(row: DeliveryRow, outcome: string): DeliveryRow {
  const pause_ms = row.event === TEST ? undefined : PAUSES_MS[row.attempts];
  if (pause_ms === undefined) return over(row, 'failed', outcome);
  return { ...row, attempts: row.attempts + 1, outcome, due_at: after(pause_ms * (1 + Math.random() / 5)) };
}

const over = (row: DeliveryRow, state: 'delivered' | 'failed', outcome: string): DeliveryRow => ({
  ...row,
  state,
  outcome,
  attempts: row.attempts + 1,
  due_at: '',
});

const after = (ms: number): string => new Date(Date.now() + ms).toISOString();
