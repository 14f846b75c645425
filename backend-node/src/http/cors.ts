/** Pages of the origins in the settings may call the API from a browser, without cookies. Others get no permission. */
import type { RequestHandler } from 'express';

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const HEADERS = 'Authorization, Content-Type, If-Match, Idempotency-Key, X-Api-Key, Last-Event-ID';
const EXPOSED = 'ETag, Location, X-Request-Id, Retry-After, Vitrine-Rendered';
const KEPT_S = '600';

export const allowOrigins =
  (origins: readonly string[]): RequestHandler =>
  (req, res, next) => {
    if (origins.length > 0) res.vary('Origin');
    const origin = req.get('Origin');
    if (origin === undefined || !origins.includes(origin)) {
      next();
      return;
    }
    res.set({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': EXPOSED });
    if (req.method !== 'OPTIONS' || req.get('Access-Control-Request-Method') === undefined) {
      next();
      return;
    }
    res.set({
      'Access-Control-Allow-Methods': METHODS,
      'Access-Control-Allow-Headers': HEADERS,
      'Access-Control-Max-Age': KEPT_S,
    });
    res.status(204).end();
  };
