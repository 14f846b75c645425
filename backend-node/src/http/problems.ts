/** Every error as application/problem+json (RFC 9457). The one handler at the edge. */
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { PROBLEMS, type Problem, type ProblemCode } from '../contract/problems.ts';
import { GatewayError, isProblem } from '../errors.ts';
import { answerEarly } from './early-answer.ts';
import { contextOf } from './request.ts';

export function problemOf(error: GatewayError, request: string): Problem {
  const [status, title] = PROBLEMS[error.code];
  return {
    type: `urn:vitrine:problem:${error.code}`,
    code: error.code,
    status,
    title,
    detail: error.message,
    requestId: request,
    ...(error.extras.details && { details: { ...error.extras.details } }),
  };
}

export const unknownPage: RequestHandler = (req) => {
  throw new GatewayError('not_found', `Expected an address of the API, received ${req.path.slice(0, 200)}`);
};

/** How an error is told: problem+json, or the way another program tells its own. */
export interface Told {
  readonly status: number;
  readonly type: string;
  readonly body: unknown;
  /** Of a 401: how to say who calls. */
  readonly authenticate: string;
}

export const handledAs =
  (tell: (error: GatewayError, request: string) => Told): ErrorRequestHandler =>
  (thrown: unknown, req, res, _next) => {
    const { request, log, signal } = contextOf(req);
    const error = asGatewayError(thrown);
    if (error.code === 'internal_error' && !signal.aborted) log.error({ err: thrown }, 'unexpected error');
    else if (error.status >= 500 && !signal.aborted)
      log.warn({ code: error.code, detail: error.message, err: error.cause }, 'refused');
    if (res.headersSent) {
      res.destroy();
      return;
    }
    const { retry_after_s, headers } = error.extras;
    if (headers) res.set(headers);
    if (retry_after_s !== undefined) res.set('Retry-After', String(Math.ceil(retry_after_s)));
    const { status, type, body, authenticate } = tell(error, request);
    if (status === 401) res.set('WWW-Authenticate', authenticate);
    res.set('Cache-Control', 'no-store').status(status).type(type);
    const text = JSON.stringify(body);
    if (req.complete || req.method === 'HEAD') res.send(text);
    else answerEarly(req, res, text);
  };

export const handleProblems = handledAs((error, request) => ({
  status: error.status,
  type: 'application/problem+json',
  body: problemOf(error, request),
  authenticate: 'Bearer realm="vitrine"',
}));

/** Express and its parsers throw http-errors with a status; everything unknown is a bug. */
function asGatewayError(thrown: unknown): GatewayError {
  if (isProblem(thrown)) return thrown;
  if (thrown instanceof Error && 'status' in thrown && typeof thrown.status === 'number') {
    const code = codeFor(thrown.status);
    if (code) return new GatewayError(code, sentenceFor(thrown), { cause: thrown });
  }
  return new GatewayError('internal_error', 'The gateway met an error it did not expect; its log has the request id', {
    cause: thrown,
  });
}

const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'invalid_request',
  404: 'not_found',
  412: 'precondition_failed',
  413: 'request_too_large',
  415: 'unsupported_media_type',
  416: 'range_not_satisfiable',
};
const codeFor = (status: number): ProblemCode | undefined => BY_STATUS[status];

function sentenceFor(thrown: Error): string {
  const type = 'type' in thrown ? String(thrown.type) : '';
  if (type === 'entity.parse.failed') return 'Expected a body of well-formed JSON, received something else';
  if (type === 'entity.too.large') return 'Expected a shorter body';
  if (thrown instanceof URIError) return 'Expected a well-formed address, received broken percent signs';
  return `Expected another request: ${thrown.message.slice(0, 200)}`;
}
