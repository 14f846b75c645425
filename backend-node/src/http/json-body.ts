/** JSON bodies: read whole, within limits of size and time. */
import express, { type RequestHandler } from 'express';
import { GatewayError } from '../errors.ts';

const MOST_BYTES = 2 * 1024 * 1024;
const MOST_MS = 30_000;

/** Who sends it too slowly is sent away: each one waited for holds a connection, and nobody has to sign in for that. */
export function readJson(most_bytes = MOST_BYTES, most_ms = MOST_MS): RequestHandler {
  const parser: RequestHandler = express.json({ limit: most_bytes, strict: false });
  return async (req, res, next) => {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(tooSlow(most_ms)), most_ms);
    try {
      const { promise: read, resolve, reject: fail } = Promise.withResolvers<undefined>();
      void parser(req, res, (error?: unknown) => (error instanceof Error ? fail(error) : resolve(undefined)));
      await Promise.race([read, late]);
    } finally {
      clearTimeout(timer);
    }
    next();
  };
}

const tooSlow = (most_ms: number): GatewayError =>
  new GatewayError('invalid_request', `Expected the whole body within ${most_ms / 1000} s, received only part of it`);
