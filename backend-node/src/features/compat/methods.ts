import type { RequestHandler } from 'express';
import { GatewayError } from '../../errors.ts';

/** For the methods that an address does not have. allowed: those it has. */
export const refuseOthers =
  (allowed: string): RequestHandler =>
  (req) => {
    throw new GatewayError('method_not_allowed', `Expected ${allowed}, received ${req.method}`, {
      headers: { Allow: allowed },
    });
  };
