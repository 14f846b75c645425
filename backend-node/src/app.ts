/** The gateway as an Express app: what it is made of, from the outside in. */
import express, { type Express } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import type { Settings } from './config.ts';
import { GatewayError } from './errors.ts';
import type { Journal } from './events/journal.ts';
import { addAlbums } from './features/albums/routes.ts';
import { addApiKeys } from './features/api-keys/routes.ts';
import { ApiKeys } from './features/api-keys/service.ts';
import { addAudit } from './features/audit/routes.ts';
import { Auth } from './features/auth/routes.ts';
import { addCatalogue } from './features/catalogue/routes.ts';
import { docsRouter } from './features/docs/routes.ts';
import type { Pace } from './features/events/parts.ts';
import { addEvents } from './features/events/routes.ts';
import { Metrics } from './features/health/metrics.ts';
import { Readiness } from './features/health/readiness.ts';
import { addExport } from './features/export/routes.ts';
import { addFiles } from './features/files/routes.ts';
import { addHealth, type HealthParts } from './features/health/routes.ts';
import { addGallery } from './features/gallery/routes.ts';
import { addImages } from './features/images/routes.ts';
import { addPreview } from './features/preview/routes.ts';
import { addRecipes } from './features/recipes/routes.ts';
import { addShares } from './features/shares/routes.ts';
import { addStorage } from './features/storage/routes.ts';
import { addUsers } from './features/users/routes.ts';
import { addVersions } from './features/versions/routes.ts';
import { Api } from './http/api.ts';
import { appFiles } from './http/app-files.ts';
import { authenticator } from './http/authenticate.ts';
import { allowOrigins } from './http/cors.ts';
import { closeWhenEnding } from './http/ending.ts';
import { expectOwnHost, isLoopback } from './http/own-host.ts';
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
  /** Aborted once the gateway is to end: answers that would go on for ever end then. */
  readonly ending?: AbortSignal;
  /** Folder of the built app, where there is one. */
  readonly app_dir?: string;
  /** Of event streams, where it shall be another than usual. */
  readonly pace?: Pace;
}

export function createApp(parts: Parts): Express {
  const { settings, log } = parts;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', settings.trusted_proxies);
  app.set('query parser', 'simple');
  app.set('etag', false);
  const health = { metrics: new Metrics(parts.processing), readiness: new Readiness(parts) };
  const { api, outside } = routers(parts, health);
  app.use(beginRequests(log));
  app.use(closeWhenEnding(parts.ending));
  app.use(health.metrics.count);
  app.use(helmet(HEADERS));
  if (isLoopback(settings.host) && settings.trusted_proxies === 0) app.use(expectOwnHost);
  app.use('/api/v1', allowOrigins(settings.origins));
  app.use('/api/v1', limitRate(settings.rate_limit));
  app.use('/api/v1', api);
  app.use('/api', docsRouter());
  app.use(outside);
  if (parts.app_dir !== undefined) app.use(appFiles(parts.app_dir));
  else introduceApi(app);
  app.use(unknownPage);
  app.use(handleProblems);
  return app;
}

/** Where no app was built, the API introduces itself, and a share link shows what a program would get. */
function introduceApi(app: Express): void {
  app.get('/', (_req, res) => res.redirect('/api/docs'));
  app.get('/s/:token', ({ params }, res) => res.redirect(`/api/v1/shared/${encodeURIComponent(params.token)}`));
}

function routers(parts: Parts, health: HealthParts) {
  const auth = new Auth(parts);
  const keys = new ApiKeys(parts);
  const options = {
    authenticate: authenticator({
      token: (token) => auth.authentication.token(token),
      viewCookie: (value) => auth.authentication.viewCookie(value),
      apiKey: (key) => keys.verify(key),
    }),
    store: parts.store,
    checkAnswers: parts.checkAnswers ?? false,
  };
  const api = new Api(options);
  const outside = new Api(options);
  auth.addTo(api);
  addUsers(api, parts);
  addApiKeys(api, keys);
  addImages(api, parts);
  addGallery(api, parts);
  addFiles(api, parts);
  addExport(api, parts);
  addVersions(api, parts);
  addPreview(api, parts);
  addRecipes(api, parts);
  addCatalogue(api, parts);
  addAlbums(api, parts);
  addShares(api, parts);
  addEvents(api, parts);
  addAudit(api, parts);
  addStorage(api, parts);
  addHealth(api, health);
  addHealth(outside, health);
  return { api: api.router(), outside: outside.router() };
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
