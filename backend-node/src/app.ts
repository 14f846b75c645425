/** The gateway as an Express app: what it is made of, from the outside in. */
import express, { type Express } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import type { Settings } from './config.ts';
import { GatewayError } from './errors.ts';
import type { Journal } from './events/journal.ts';
import { Api } from './http/api.ts';
import { handleProblems, unknownPage } from './http/problems.ts';
import { beginRequests } from './http/request.ts';
import type { Log } from './logs.ts';
import type { Processing } from './processing/processing.ts';
import type { Store } from './store/store.ts';

export interface Parts {
  readonly settings: Settings;
  /** Signs access tokens and share links. */
  readonly secret: string;
  readonly store: Store;
  readonly journal: Journal;
  readonly processing: Processing;
  readonly log: Log;
  readonly checkAnswers?: boolean;
}

export function createApp(parts: Parts): Express {
  const { settings, store, log } = parts;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', settings.trusted_proxies);
  app.set('query parser', 'simple');
  app.set('etag', false);
  app.use(beginRequests(log));
  app.use(helmet(HEADERS));
  app.use('/api/v1', limitRate(settings.rate_limit));
  app.use('/api/v1', apiRouter(parts));
  app.use(unknownPage);
  app.use(handleProblems);
  return app;
}

function apiRouter(parts: Parts) {
  const api = new Api({
    authenticate: async () => undefined,
    store: parts.store,
    checkAnswers: parts.checkAnswers ?? false,
  });
  return api.router();
}

const HEADERS = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      baseUri: ["'none'"],
      connectSrc: ["'self'"],
      fontSrc: ["'self'", 'data:'],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      objectSrc: ["'none'"],
      scriptSrc: ["'self'"],
      scriptSrcAttr: ["'none'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
    },
  },
  // Loopback and home networks have no TLS; a proxy that has one sets this itself.
  strictTransportSecurity: false,
  crossOriginEmbedderPolicy: false,
  referrerPolicy: { policy: 'same-origin' },
} as const;

const limitRate = (limit: number) =>
  rateLimit({
    windowMs: 60_000,
    limit,
    skip: () => limit === 0,
    standardHeaders: 'draft-6',
    legacyHeaders: false,
    handler: (_req, res, next) => {
      const retry_after_s = Number(res.getHeader('RateLimit-Reset') ?? 60);
      next(new GatewayError('too_many_requests', `Expected at most ${limit} requests a minute`, { retry_after_s }));
    },
  });
