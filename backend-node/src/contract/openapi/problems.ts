/** Which problems a route answers with: those of its own, and those that follow from how it is declared. */
import { PROBLEMS, Problem, type ProblemCode } from '../problems.ts';
import type { Route } from '../route.ts';
import type { Components, JsonSchema } from './components.ts';

const ALWAYS: readonly ProblemCode[] = [
  'invalid_request',
  'method_not_allowed',
  'too_many_requests',
  'internal_error',
  'store_unavailable',
];

export function problemsOf(route: Route): readonly ProblemCode[] {
  const { access } = route;
  const codes = new Set<ProblemCode>([...ALWAYS, ...(route.problems ?? [])]);
  if (access !== 'open') codes.add('unauthorized').add('forbidden');
  if (access !== 'open' && access.cookie) codes.add('cross_site');
  if (route.method !== 'get') codes.add('storage_full');
  // Whoever needs the processing service may find it without its pictures.
  if (codes.has('processing_unavailable')) codes.add('storage_unavailable');
  if (route.params) codes.add('not_found');
  if (route.body || route.stream) codes.add('request_too_large').add('unsupported_media_type');
  if (route.guarded) codes.add('precondition_failed');
  if (route.idempotent) codes.add('idempotency_mismatch');
  return (Object.keys(PROBLEMS) as ProblemCode[]).filter((code) => codes.has(code));
}

/** One OpenAPI response for each status, which names the codes that come with it. */
export function problemResponses(route: Route, components: Components): Record<string, JsonSchema> {
  const byStatus = Object.groupBy(problemsOf(route), (code) => PROBLEMS[code][0]);
  const entries = Object.entries(byStatus).map(([status, codes]) => [
    status,
    codes.length === 1 ? { $ref: `#/components/responses/${codes.join()}` } : problemResponse(codes, components),
  ]);
  return Object.fromEntries([...entries, ['431', TOO_LONG]]) as Record<string, JsonSchema>;
}

// From below the gateway's own code, and so without a problem as body.
const TOO_LONG = { description: 'The address and the headers together are longer than 16 kB.' };

/** Those of one code each, which most routes share. */
export function sharedResponses(components: Components): Record<string, JsonSchema> {
  const codes = Object.keys(PROBLEMS) as ProblemCode[];
  return Object.fromEntries(codes.map((code) => [code, problemResponse([code], components)]));
}

function problemResponse(codes: readonly ProblemCode[], components: Components): JsonSchema {
  return {
    description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code][1]}`).join('\n\n'),
    ...(codes.some((code) => TELLING_WHEN.has(PROBLEMS[code][0])) && { headers: RETRY_AFTER }),
    content: {
      'application/problem+json': { schema: components.schemaOf(Problem, 'output'), example: exampleOf(codes) },
    },
  };
}

function exampleOf([code = 'internal_error']: readonly ProblemCode[]): Problem {
  const [status, title] = PROBLEMS[code];
  const detail = 'Expected this, received that.';
  return { type: `urn:vitrine:problem:${code}`, code, status, title, detail, requestId: NO_REQUEST };
}

const NO_REQUEST = '00000000-0000-0000-0000-000000000000';

const TELLING_WHEN: ReadonlySet<number> = new Set([429, 503]);
const RETRY_AFTER = { 'Retry-After': { $ref: '#/components/headers/Retry-After' } };
