/** Each request gets an id here, a log with it, and a signal that ends when the caller goes away. */
import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Log } from '../logs.ts';
import type { Context } from './call.ts';

const begun = new WeakMap<Request, Omit<Context, 'who'>>();

/** The request id is born here: what a caller sends as one is not believed. */
export const beginRequests =
  (log: Log): RequestHandler =>
  (req, res, next) => {
    const started = performance.now();
    const request = randomUUID();
    const gone = new AbortController();
    const own = log.child({ request_id: request });
    begun.set(req, { request, signal: gone.signal, log: own });
    res.set('X-Request-Id', request);
    res.once('close', () => {
      if (!res.writableFinished) gone.abort(new Error('the caller went away'));
      logEnd(own, req, res, started);
    });
    next();
  };

function logEnd(log: Log, req: Request, res: Response, started: number): void {
  const fields = {
    method: req.method,
    path: loggedPath(req.originalUrl),
    status: res.statusCode,
    elapsed_ms: Math.round((performance.now() - started) * 10) / 10,
    ...(!res.writableFinished && { aborted: true }),
  };
  log[res.statusCode >= 500 ? 'error' : 'info'](fields, 'request');
}

/** Without the query; and without the token of a link, which opens it to whoever reads the log. */
const loggedPath = (url: string): string | undefined =>
  url
    .split('?', 1)[0]
    ?.replace(/\/(shared|s|remove-bg)\/[^/]+/, '/$1/…')
    .slice(0, 300);

export function contextOf(req: Request): Omit<Context, 'who'> {
  const context = begun.get(req);
  if (!context) throw new Error('a request that never began');
  return context;
}
