/** What MongoDB and its driver report, as the gateway's problems. */
import {
  MongoError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerClosedError,
  MongoServerError,
  MongoStalePrimaryError,
  MongoSystemError,
  MongoTopologyClosedError,
} from 'mongodb';
import { GatewayError } from '../errors.ts';

const RETRY_AFTER_S = 5;
const DUPLICATE_KEY = 11000;
const OUT_OF_DISK_SPACE = 14031;
/** Not the primary (any more), shutting down, took too long, may not sign in. */
const UNAVAILABLE = new Set([6, 7, 13, 18, 50, 89, 91, 189, 262, 10107, 11600, 11602, 13435, 13436]);
const GONE = [
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerClosedError,
  MongoStalePrimaryError,
  MongoSystemError,
  MongoTopologyClosedError,
];

export const isTaken = (error: unknown): boolean => error instanceof MongoServerError && error.code === DUPLICATE_KEY;

function isFull(error: unknown): boolean {
  if (!(error instanceof MongoServerError)) return false;
  return error.code === OUT_OF_DISK_SPACE || /no space left|disk is full/i.test(error.message);
}

/** What the driver passes on as it came: a write to a connection that the server has ended just then. */
const CUT = new Set(['EPIPE', 'ECONNRESET']);
const isCut = (error: unknown): boolean => error instanceof Error && 'code' in error && CUT.has(String(error.code));

function isUnavailable(error: unknown): boolean {
  if (isCut(error)) return true;
  if (GONE.some((kind) => error instanceof kind)) return true;
  if (error instanceof MongoServerError && UNAVAILABLE.has(Number(error.code))) return true;
  return error instanceof MongoError && error.hasErrorLabel('TransientTransactionError');
}

/** Anything unnamed is a bug and stays as it is. */
export function asProblem(error: unknown): unknown {
  if (isFull(error))
    return new GatewayError('storage_full', 'Expected room for the database, found none', { cause: error });
  if (!isUnavailable(error)) return error;
  return new GatewayError('store_unavailable', 'Expected the database to answer, it did not', {
    retry_after_s: RETRY_AFTER_S,
    cause: error,
  });
}
