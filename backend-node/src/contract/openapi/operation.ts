/** One declared route as an OpenAPI operation. */
import { z } from 'zod';
import type { Access, Answer, Route } from '../route.ts';
import type { Components, JsonSchema } from './components.ts';
import { problemResponses } from './problems.ts';

export function operationOf(name: string, route: Route, components: Components): JsonSchema {
  return {
    operationId: name,
    tags: [headingOf(route)],
    summary: route.summary,
    description: [route.description, allowance(route)].filter(Boolean).join('\n\n'),
    security: securityOf(route.access),
    parameters: parametersOf(route, components),
    ...bodyOf(route, components),
    responses: { ...problemResponses(route, components), ...answersOf(route, components) },
  };
}

/** API keys stay what they are, images become Images. */
export const headingOf = ({ tag }: Route): string => tag.charAt(0).toUpperCase() + tag.slice(1);

/** Who may call it, in words. */
export function allowance({ access, allowance: told }: Pick<Route, 'access' | 'allowance'>): string {
  if (told !== undefined) return told;
  if (access === 'open') return 'Needs no credential.';
  const scope = access.person
    ? 'Only for a signed-in person, not for an API key.'
    : `Scope of an API key: \`${access.scope}\`.`;
  return access.role ? `${scope} Role: ${access.role}.` : scope;
}

function securityOf(access: Access): readonly JsonSchema[] {
  if (access === 'open') return [];
  return [{ bearer: [] }, ...(access.person ? [] : [{ apiKey: [] }]), ...(access.cookie ? [{ viewCookie: [] }] : [])];
}

function parametersOf(route: Route, components: Components): readonly JsonSchema[] {
  return [
    ...fieldsOf(route.params, components).map((field) => ({ ...field, in: 'path', required: true })),
    ...fieldsOf(route.query, components).map((field) => ({ ...field, in: 'query' })),
    ...(route.idempotent ? [{ $ref: '#/components/parameters/Idempotency-Key' }] : []),
    ...(route.guarded ? [{ $ref: '#/components/parameters/If-Match' }] : []),
  ];
}

function fieldsOf(shape: z.ZodObject | undefined, components: Components): readonly JsonSchema[] {
  if (!shape) return [];
  const { properties = {}, required = [] } = components.schemaOf(shape, 'input') as {
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    ...(description !== undefined && { description }),
    required: required.includes(name),
    schema,
  }));
}

function bodyOf(route: Route, components: Components): JsonSchema {
  if (route.body) {
    const required = !route.body.safeParse({}).success;
    return {
      requestBody: { required, content: { 'application/json': { schema: components.schemaOf(route.body, 'input') } } },
    };
  }
  if (!route.stream) return {};
  const media = Object.entries(route.stream).map(([type, shape]) => [
    type,
    { schema: components.schemaOf(shape, 'input') },
  ]);
  return { requestBody: { required: true, content: Object.fromEntries(media) as JsonSchema } };
}

function answersOf(route: Route, components: Components): JsonSchema {
  const entries = Object.entries(route.answers).map(([status, answer]) => [status, answerOf(answer, components)]);
  return Object.fromEntries(entries) as JsonSchema;
}

function answerOf(answer: Answer, components: Components): JsonSchema {
  const { description, body, media = [], headers = {} } = answer;
  const json = body && components.schemaOf(body, 'output');
  const described = Object.entries(headers).map(([name, about]) => [
    name,
    { description: about, schema: { type: 'string' } },
  ]);
  const content = Object.fromEntries([
    ...(json ? [['application/json', { schema: json }]] : []),
    ...media.map((type) => [type, {}]),
  ]) as JsonSchema;
  const tagged = body instanceof z.ZodObject && 'revision' in body.shape;
  return {
    description,
    headers: {
      'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' },
      ...(tagged && { ETag: { $ref: '#/components/headers/ETag' } }),
      ...(Object.fromEntries(described) as JsonSchema),
    },
    ...(Object.keys(content).length > 0 && { content }),
  };
}
