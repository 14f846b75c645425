/** Turns declared routes and their handlers into an Express router: access, parsing, answers, and 405 for the rest. */
import { Router, type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import { problemsOf } from '../contract/openapi/problems.ts';
import type { Route, Routes } from '../contract/route.ts';
import { GatewayError, isProblem } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { requireAccess } from './access.ts';
import type { Authenticate, Call, Handler, Handlers, Note, Reply, Who } from './call.ts';
import { answerEarly } from './early-answer.ts';
import { noNote, once } from './idempotency.ts';
import { readJson } from './json-body.ts';
import { contextOf } from './request.ts';

interface Declared {
  readonly route: Route;
  readonly handler: Handler<Route>;
}

export interface ApiOptions {
  readonly authenticate: Authenticate;
  readonly store: Store;
  /** Tests check every answer against its declared shape, and that every problem is declared. */
  readonly checkAnswers: boolean;
}

export class Api {
  readonly #options: ApiOptions;
  readonly #declared: Declared[] = [];

  constructor(options: ApiOptions) {
    this.#options = options;
  }

  add<Rs extends Routes>(routes: Rs, handlers: Handlers<Rs>): this {
    for (const [name, route] of Object.entries(routes)) {
      this.#declared.push({ route, handler: handlers[name] as Handler<Route> });
    }
    return this;
  }

  router(): Router {
    const router = Router({ caseSensitive: true, strict: true });
    const byPath = Map.groupBy(this.#declared.toSorted(fixedFirst), ({ route }) => route.path);
    for (const [path, declared] of byPath) {
      for (const { route, handler } of declared) this.#route(router, route, handler);
      // Before the next path: what is no method of /images/bulk is not asked of /images/:id either.
      router.all(path, refuseMethod(declared.map(({ route }) => route.method.toUpperCase())));
    }
    return router;
  }

  #route(router: Router, route: Route, handler: Handler<Route>): void {
    const authenticated = this.#authenticated(route);
    const steps = route.body ? [expectJson(route), readJson(route.most_bytes), authenticated] : [];
    const checks = this.#options.checkAnswers ? [checkProblem(route)] : [];
    router[route.method](route.path, authenticated, ...steps, this.#handled(route, handler), ...checks);
  }

  /** Before the body is read: a stranger's bytes cost nothing. And after: who sent it slowly may be signed out by then. */
  #authenticated(route: Route): RequestHandler {
    return async (req, res, next) => {
      const who = await this.#options.authenticate(req, route);
      res.locals['who'] = requireAccess(route.access, who);
      next();
    };
  }

  #handled(route: Route, handler: Handler<Route>): RequestHandler {
    return async (req, res) => {
      const call = parsedCall(route, req, res);
      const run = async (note: Note) => handler({ ...call, note });
      const reply = route.idempotent ? await once(this.#options.store, call, run) : await run(noNote);
      if ('sent' in reply) return;
      if (this.#options.checkAnswers) checkAnswer(route, reply);
      // An answer that was given before does not wait for the same file once more.
      if (route.idempotent && !req.complete) sendEarly(req, res, reply);
      else send(res, reply);
    };
  }
}

/** /images/export before /images/:id. */
function fixedFirst(a: Declared, b: Declared): number {
  const shape = (path: string) => path.replaceAll(/:\w+/g, '~');
  return shape(a.route.path) < shape(b.route.path) ? -1 : Number(shape(a.route.path) > shape(b.route.path));
}

/** The one place where parsed values get the types that their shapes promise. */
function parsedCall(route: Route, req: Request, res: Response): Omit<Call<Route>, 'note'> {
  return {
    ...contextOf(req),
    who: res.locals['who'] as Who,
    params: parsed(route.params, req.params, 'the address', 'not_found'),
    query: parsed(route.query ?? NOTHING, req.query, 'the query'),
    body: parsed(route.body, req.body, 'the body'),
    expected: route.guarded ? revisionOf(req.get('If-Match')) : undefined,
    req,
    res,
  } as Call<Route>;
}

const NOTHING = z.strictObject({});

function parsed(
  shape: z.ZodType | undefined,
  value: unknown,
  where: string,
  code: 'invalid_request' | 'not_found' = 'invalid_request',
): unknown {
  if (!shape) return undefined;
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const complaints = result.error.issues
    .slice(0, 10)
    .map((issue) => ({ at: issue.path.join('.'), problem: issue.message }));
  const told = complaints.map(({ at, problem }) => (at === '' ? problem : `${at}: ${problem}`)).join('; ');
  throw new GatewayError(code, `In ${where}: ${told}`, { details: { issues: complaints } });
}

function revisionOf(header: string | undefined): number | undefined {
  if (header === undefined || header === '*') return undefined;
  const match = /^"r(\d{1,9})"$/.exec(header);
  if (!match) throw new GatewayError('precondition_failed', 'Expected If-Match as the ETag was given, like "r3"');
  return Number(match[1]);
}

const expectJson =
  (route: Route): RequestHandler =>
  (req, _res, next) => {
    if (req.is('application/json') === 'application/json') {
      next();
      return;
    }
    const empty = req.get('Content-Length') === '0' || (!req.get('Content-Length') && !req.get('Transfer-Encoding'));
    if (empty && route.body?.safeParse({}).success) {
      req.body = {};
      next();
      return;
    }
    throw new GatewayError('unsupported_media_type', 'Expected a body of type application/json');
  };

const refuseMethod =
  (methods: readonly string[]): RequestHandler =>
  (req) => {
    const allowed = [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].join(', ');
    throw new GatewayError('method_not_allowed', `Expected ${allowed}, received ${req.method}`, {
      headers: { Allow: allowed },
    });
  };

function checkAnswer(route: Route, reply: Reply): void {
  const answer = route.answers[reply.status];
  if (!answer) throw new Error(`${route.method} ${route.path} answers ${reply.status}, which is not declared`);
  answer.body?.parse(reply.body);
}

const checkProblem =
  (route: Route): ErrorRequestHandler =>
  (error, _req, _res, next) => {
    const declared = !isProblem(error) || problemsOf(route).includes(error.code);
    next(
      declared ? error : new Error(`${route.method} ${route.path} has a problem that is not declared: ${error.code}`),
    );
  };

function sendEarly(req: Request, res: Response, { status, body, headers }: Reply): void {
  res.status(status).set({ 'Cache-Control': 'no-store', ...headers });
  answerEarly(req, res.type('json'), JSON.stringify(body ?? null));
}

function send(res: Response, { status, body, headers }: Reply): void {
  res.status(status).set({ 'Cache-Control': 'no-store', ...headers });
  if (body === undefined) {
    res.end();
    return;
  }
  const revision = typeof body === 'object' && body !== null && 'revision' in body ? body.revision : undefined;
  if (typeof revision === 'number' && !res.hasHeader('ETag')) res.set('ETag', `"r${revision}"`);
  res.json(body);
}
