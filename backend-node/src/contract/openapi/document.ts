/** The OpenAPI 3.1 document of the API, made from its declared routes. */
import type { Route, Routes } from '../route.ts';
import { Components, type JsonSchema } from './components.ts';
import { headingOf, operationOf } from './operation.ts';
import { sharedResponses } from './problems.ts';

const ABOUT = `One API for everything that Vitrine does: what its pages can do, a program can do.

**Who calls.** A person signs in and sends the access token of minutes as \`Authorization: Bearer …\`. A program sends an
API key as \`X-Api-Key\`; a key has scopes.

**Lists** come in pages: \`{"items": […], "nextCursor": "…"}\`. Send \`nextCursor\` as \`cursor\` for the next page; on the last
page it is null.

**Problems** are \`application/problem+json\` (RFC 9457). \`code\` is for programs, \`detail\` for people, and the log of the gateway
has the \`requestId\`. An unknown parameter or field is a problem, never ignored.

**Safe repeats.** Where a request takes an \`Idempotency-Key\`, the second one with the same key within a day gets the
answer of the first, and does nothing.

**Nobody overwrites unseen.** The ETag of a thing is its revision. Send it as \`If-Match\` with a change: it is refused with
412 where somebody else was faster.`;

/** version: of the gateway. Throws where two routes share a name, or an address and a method. */
export function openapi(routes: Routes, version: string): JsonSchema {
  const components = new Components();
  return {
    openapi: '3.1.1',
    info: {
      title: 'Vitrine',
      version,
      summary: 'Product photos: stored, finished, shared.',
      description: ABOUT,
      license: LICENSE,
    },
    servers: [{ url: '/api/v1' }],
    tags: tagsOf(routes),
    paths: pathsOf(routes, components),
    components: { ...SHARED, responses: sharedResponses(components), schemas: components.schemas() },
  };
}

function tagsOf(routes: Routes): readonly JsonSchema[] {
  return [...new Set(Object.values(routes).map(headingOf))].map((name) => ({ name }));
}

function pathsOf(routes: Routes, components: Components): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const [name, route] of Object.entries(routes)) {
    const operations = (paths[templateOf(route)] ??= {});
    if (Object.hasOwn(operations, route.method)) throw new Error(`${route.method} ${route.path} is declared twice`);
    operations[route.method] = operationOf(name, route, components);
  }
  return paths;
}

/** /images/:id → /images/{id} */
export const templateOf = (route: Route): string => route.path.replaceAll(/:(\w+)/g, '{$1}');

const LICENSE = { name: 'Apache-2.0', identifier: 'Apache-2.0' };

const text = (description: string): JsonSchema => ({ description, schema: { type: 'string' } });

const SHARED = {
  securitySchemes: {
    bearer: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: 'The access token of a signed-in person.',
    },
    apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key', description: 'A key that a person made for a program.' },
    viewCookie: {
      type: 'apiKey',
      in: 'cookie',
      name: 'vitrine_view',
      description: 'Set at sign-in, so that pages can show pictures. Opens files for reading, nothing else.',
    },
  },
  headers: {
    'X-Request-Id': text('Names this request in the log of the gateway.'),
    'Retry-After': { description: 'Seconds to wait before another try.', schema: { type: 'integer', minimum: 0 } },
    ETag: text('The revision of the thing. Send it as If-Match with a change.'),
  },
  parameters: {
    'Idempotency-Key': {
      name: 'Idempotency-Key',
      in: 'header',
      description:
        'Any text of up to 200 visible characters that no other request has. A repeat gets the first answer.',
      schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,200}$' },
    },
    'If-Match': {
      name: 'If-Match',
      in: 'header',
      description: 'The ETag that was read. Refused with 412 where it has changed since.',
      schema: { type: 'string', examples: ['"r3"'] },
    },
  },
} as const;
