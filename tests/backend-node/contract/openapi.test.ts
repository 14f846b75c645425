import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { allRoutes, AREAS } from '../../../backend-node/src/contract/index.ts';
import { openapi } from '../../../backend-node/src/contract/openapi/document.ts';
import { routes, type Route } from '../../../backend-node/src/contract/route.ts';

type Json = Record<string, unknown>;

const document = openapi(allRoutes, '1.2.3');
const text = JSON.stringify(document);
const paths = document['paths'] as Record<string, Record<string, Operation>>;

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security: readonly Json[];
  readonly parameters: readonly (Json & { readonly name?: string; readonly in?: string })[];
  readonly requestBody?: { readonly required: boolean; readonly content: Json };
  readonly responses: Readonly<Record<string, Json>>;
}

function operationOf(route: Route): Operation {
  const operation = paths[route.path.replaceAll(/:(\w+)/g, '{$1}')]?.[route.method];
  if (!operation) throw new Error(`${route.method} ${route.path} is not in the document`);
  return operation;
}

/** The members of a union, or the one shape there is. */
const optionsOf = (schema: Json): readonly unknown[] => (schema['oneOf'] ?? schema['anyOf'] ?? [schema]) as unknown[];

const EVERY = Object.entries(allRoutes);

test('every contract file with routes is part of the API', async () => {
  const folder = 'backend-node/src/contract';
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && file !== 'index.ts');
  for (const file of files) {
    const exports = (await import(/* @vite-ignore */ resolve(folder, file))) as Json;
    for (const [name, declared] of Object.entries(exports)) {
      if (name.endsWith('Routes')) expect(AREAS, `${file}: ${name}`).toContain(declared);
    }
  }
});

describe.each(EVERY)('%s', (name, route) => {
  const operation = operationOf(route);

  test('is called by its name', () => {
    expect(operation).toMatchObject({ operationId: name, summary: route.summary });
  });

  test('names each part of its address', () => {
    const inAddress = [...route.path.matchAll(/:(\w+)/g)].map(([, part]) => part);
    expect(operation.parameters.filter((one) => one.in === 'path').map((one) => one.name)).toEqual(inAddress);
  });

  test('says who may call it', () => {
    expect(operation.security.length > 0).toBe(route.access !== 'open');
  });

  test('has its answers, and the problems that every route may answer', () => {
    const statuses = Object.keys(operation.responses);
    const always = ['400', '405', '429', '500', '503', ...(route.access === 'open' ? [] : ['401', '403'])];
    expect(statuses).toEqual(expect.arrayContaining([...Object.keys(route.answers), ...always]));
  });

  test('describes its body', () => {
    const types = route.body ? ['application/json'] : Object.keys(route.stream ?? {});
    expect(Object.keys(operation.requestBody?.content ?? {})).toEqual(types);
  });

  test('has unknown parameters and fields refused', () => {
    for (const shape of [route.params, route.query]) {
      if (shape) expect(shape.safeParse({ unknown: '1' }).success).toBe(false);
    }
    const json = operation.requestBody?.content['application/json'] as { schema: Json } | undefined;
    for (const shape of json ? optionsOf(json.schema) : []) expect(shape).toHaveProperty('additionalProperties', false);
  });
});

test('every reference leads to something', () => {
  const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? '');
  expect(references.length).toBeGreaterThan(100);
  for (const reference of new Set(references)) {
    const found = reference.split('/').reduce<unknown>((at, key) => (at as Json | undefined)?.[key], document);
    expect(found, reference).toBeDefined();
  }
});

test('an image is described once', () => {
  expect(text.split('"thumbhash":{').length - 1).toBeLessThanOrEqual(4);
  expect(document['components']).toMatchObject({ schemas: { Image: { type: 'object' }, Problem: { type: 'object' } } });
});

describe('small documents', () => {
  const about = { tag: 'a', summary: 'Try', access: 'open', answers: { 200: { description: 'Done.' } } } as const;
  const get = { ...about, method: 'get', path: '/a' } as const;

  test('two shapes of one name are refused', () => {
    const shape = (field: string) => z.object({ [field]: z.string() }).meta({ id: 'Twice' });
    const declared = routes({
      a: { ...get, answers: { 200: { description: 'A.', body: z.array(shape('a')) } } },
      b: { ...get, path: '/b', answers: { 200: { description: 'B.', body: z.array(shape('b')) } } },
    });
    expect(() => openapi(declared, '1')).toThrow();
  });

  test('two routes of one address and method are refused', () => {
    expect(() => openapi(routes({ a: get, b: get }), '1')).toThrow('declared twice');
  });

  test('a parameter says what a caller sends, not what it becomes', () => {
    const query = z.strictObject({
      tag: z.string().transform((value) => value.split(',')),
      n: z.coerce.number().int().default(3),
    });
    const made = openapi(routes({ a: { ...get, query } }), '1');
    expect(made).toMatchObject({
      paths: {
        '/a': {
          get: {
            parameters: [
              { name: 'tag', in: 'query', required: true, schema: { type: 'string' } },
              { name: 'n', in: 'query', required: false, schema: { type: 'integer', default: 3 } },
            ],
          },
        },
      },
    });
  });
});
