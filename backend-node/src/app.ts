/** The gateway as an Express app: what it is made of, from the outside in. */
import express, { type Express, type RequestHandler } from 'express';
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
import type { BatchParts } from './features/batches/parts.ts';
import { Rendering } from './features/batches/rendering.ts';
import { addBatches, shown as shownBatch } from './features/batches/routes.ts';
import { Batches } from './features/batches/service.ts';
import { addCatalogue } from './features/catalogue/routes.ts';
import { addEarlier, type EarlierParts } from './features/compat/earlier.ts';
import { compatRouter } from './features/compat/routes.ts';
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
import { Fetching } from './features/imports/fetching.ts';
import type { ImportParts } from './features/imports/parts.ts';
import { addImports, shown as shownImport } from './features/imports/routes.ts';
import type { Imports } from './features/imports/service.ts';
import { addPreview } from './features/preview/routes.ts';
import { addProducts } from './features/products/routes.ts';
import { addRecipes } from './features/recipes/routes.ts';
import { addShares } from './features/shares/routes.ts';
import { addStorage } from './features/storage/routes.ts';
import { addUsers } from './features/users/routes.ts';
import { addVersions } from './features/versions/routes.ts';
import { Versions } from './features/versions/service.ts';
import { shown as shownVersion } from './features/versions/shown.ts';
import { endings } from './features/webhooks/letters.ts';
import { addWebhooks } from './features/webhooks/routes.ts';
import { Api } from './http/api.ts';
import { appFiles } from './http/app-files.ts';
import { authenticator, verified, type Verifiers } from './http/authenticate.ts';
import { allowOrigins } from './http/cors.ts';
import { closeWhenEnding } from './http/ending.ts';
import { expectOwnHost, isLoopback } from './http/own-host.ts';
import { handleProblems, unknownPage } from './http/problems.ts';
import { beginRequests } from './http/request.ts';
import { Dispatcher, type Rhythm } from './ledger/dispatcher.ts';
import type { Log } from './logs.ts';
import type { Processing } from './processing/processing.ts';
import type { JobRow } from './store/rows.ts';
import type { Store } from './store/store.ts';

export interface Parts {
  readonly settings: Settings;
  /** Signs access tokens and share links. */
  readonly secret: string;
  readonly store: Store;
  readonly journal: Journal;
  readonly processing: Processing;
  readonly log: Log;
  /** How the dispatcher of this process is called: what it prepares or works on is given up when it dies. */
  readonly holder: string;
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
  const limit = limitRate(settings.rate_limit);
  const { api, outside, compat } = routers(parts, health, limit);
  app.use(beginRequests(log));
  app.use(closeWhenEnding(parts.ending));
  app.use(health.metrics.count);
  app.use(helmet(HEADERS));
  if (isLoopback(settings.host) && settings.trusted_proxies === 0) app.use(expectOwnHost);
  app.use('/api/v1', allowOrigins(settings.origins));
  app.use('/api/v1', limit);
  app.use('/api/v1', api);
  app.use(compat);
  app.use('/api', docsRouter());
  app.use(outside);
  if (parts.app_dir !== undefined) app.use(appFiles(parts.app_dir));
  else introduceApi(app);
  app.use(unknownPage);
  app.use(handleProblems);
  return app;
}

/** Works on batches and imports, whoever began them. */
export function createDispatcher(parts: Parts, rhythm?: Rhythm): Dispatcher {
  const own = withEndings(parts);
  return new Dispatcher(own, [new Rendering(own), new Fetching(importParts(own, new Batches(own)))], rhythm);
}

/** Webhooks are told of the end of a job in the same write. */
const withEndings = (parts: Parts): BatchParts => ({ ...parts, endings: endings(parts.store) });

/** A batch may follow an import. */
const importParts = (parts: BatchParts, batches: Batches): ImportParts => ({
  ...parts,
  startBatch: (context, wish, id) => batches.create(context, wish, { id }),
});

/** Where no app was built, the API introduces itself, and a share link shows what a program would get. */
function introduceApi(app: Express): void {
  app.get('/', (_req, res) => res.redirect('/api/docs'));
  app.get('/s/:token', ({ params }, res) => res.redirect(`/api/v1/shared/${encodeURIComponent(params.token)}`));
}

function routers(parts: Parts, health: HealthParts, limit: RequestHandler) {
  const auth = new Auth(parts);
  const keys = new ApiKeys(parts);
  const verifiers: Verifiers = {
    token: (token) => auth.authentication.token(token),
    viewCookie: (value) => auth.authentication.viewCookie(value),
    apiKey: (key) => keys.verify(key),
  };
  const options = {
    authenticate: authenticator(verifiers),
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
  const ledger = withEndings(parts);
  const batches = addBatches(api, ledger);
  const imports = addImports(api, importParts(ledger, batches));
  addProducts(api, parts);
  addRecipes(api, parts);
  addCatalogue(api, parts);
  addAlbums(api, parts);
  addShares(api, parts);
  addWebhooks(api, parts);
  addEvents(api, parts);
  addAudit(api, parts);
  addStorage(api, parts);
  addHealth(api, health);
  addHealth(outside, health);
  const compatParts = { ...parts, verify: (credential: string) => verified(verifiers, credential) };
  const compat = compatRouter(compatParts, limit);
  addEarlier(api, { ...compatParts, ...whatEarlierDo(parts, batches, imports) });
  return { api: api.router(), outside: outside.router(), compat };
}

type WhatEarlierDo = Pick<EarlierParts, 'createVersion' | 'createImport' | 'createBatch' | 'getBatch'>;

function whatEarlierDo(parts: Parts, batches: Batches, imports: Imports): WhatEarlierDo {
  const { store } = parts;
  const versions = new Versions(parts);
  return {
    createVersion: async (context, id, wish) => {
      const { version, image } = await versions.create(context, id, { ...wish, current: true });
      return shownVersion(version, image);
    },
    createImport: async (context, wish, noted) => {
      const told = (job: JobRow) => shownImport(store, job, false);
      return told(await imports.create(context, wish, async (job) => noted(await told(job))));
    },
    createBatch: async (context, wish, noted) => {
      const told = (job: JobRow) => shownBatch(store, job, false);
      return told(await batches.create(context, wish, { more: async (job) => noted(await told(job)) }));
    },
    getBatch: async ({ who }, id) => shownBatch(store, await batches.jobs.own(id, who.id), true),
  };
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
