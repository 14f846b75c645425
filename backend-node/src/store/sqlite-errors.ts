/** What SQLite reports, as the gateway's problems. https://sqlite.org/rescode.html */
import { GatewayError } from '../errors.ts';

const FULL = 13;
/** Primary key, unique index, and the rule that keeps rows of the journal from being replaced. */
const UNIQUE = [1555, 2067, 1811];
/** busy, locked, read-only, input/output, corrupt, cannot open, protocol, not a database */
const UNAVAILABLE = [5, 6, 8, 10, 11, 14, 15, 26];
const RETRY_AFTER_S = 2;

const codeOf = (error: unknown): number =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : 0;

export const isTaken = (error: unknown): boolean => UNIQUE.includes(codeOf(error));

/** Anything unnamed is a bug and stays as it is. */
export function asProblem(error: unknown): unknown {
  const code = codeOf(error) & 0xff;
  if (code === FULL) {
    return new GatewayError('storage_full', 'Expected room for the database, found none', { cause: error });
  }
  if (!UNAVAILABLE.includes(code)) return error;
  return new GatewayError('store_unavailable', 'Expected the database to answer, it did not', {
    retry_after_s: RETRY_AFTER_S,
    cause: error,
  });
}
