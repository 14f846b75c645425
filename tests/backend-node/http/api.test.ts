import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { routes } from '../../../backend-node/src/contract/route.ts';
import { GatewayError } from '../../../backend-node/src/errors.ts';
import { expectRevision, noContent, ok } from '../../../backend-node/src/http/call.ts';
import { sending, SOMEBODY, startSmallApi, type SmallApi } from './small-api.ts';

const access = { scope: 'images:read' } as const;
const done = { 200: { description: 'Done.' } };
const about = { tag: 'things', summary: 'Try something', access };
const Thing = z.object({ revision: z.int(), name: z.string() });

const declared = routes({
  byId: {
    ...about,
    method: 'get',
    path: '/things/:id',
    params: z.strictObject({ id: z.string().max(5) }),
    answers: done,
  },
  newest: {
    ...about,
    method: 'get',
    path: '/things/newest',
    query: z.strictObject({ n: z.coerce.number().int().max(9).default(1) }),
    answers: done,
  },
  change: {
    ...about,
    method: 'patch',
    path: '/things/:id',
    params: z.strictObject({ id: z.string() }),
    body: z.strictObject({ name: z.string().max(20) }),
    guarded: true,
    answers: { 200: { description: 'The thing.', body: Thing } },
  },
  wrong: { ...about, method: 'get', path: '/wrong', answers: { 200: { description: 'The thing.', body: Thing } } },
  undeclared: { ...about, method: 'get', path: '/undeclared', answers: done },
  surprise: { ...about, method: 'get', path: '/surprise', answers: done },
  optional: {
    ...about,
    method: 'post',
    path: '/optional',
    body: z.strictObject({ name: z.string().optional() }),
    answers: done,
  },
  forAdmins: {
    ...about,
    method: 'get',
    path: '/admin',
    access: { scope: 'images:read', role: 'admin' },
    answers: done,
  },
  forPeople: {
    ...about,
    method: 'get',
    path: '/person',
    access: { scope: 'images:read', person: true },
    answers: done,
  },
  scoped: { ...about, method: 'get', path: '/scoped', access: { scope: 'admin' }, answers: done },
});

let api: SmallApi;

beforeAll(async () => {
  api = await startSmallApi(declared, {
    byId: ({ params }) => ok({ id: params.id }),
    newest: ({ query }) => ok({ n: query.n }),
    change: ({ body, expected }) => {
      expectRevision({ revision: 3 }, expected);
      return ok({ revision: 4, name: body.name });
    },
    wrong: () => ok({ revision: 'three' }),
    undeclared: () => noContent(),
    surprise: () => {
      throw new GatewayError('conflict', 'Nobody was told');
    },
    optional: ({ body }) => ok({ name: body.name ?? 'none' }),
    forAdmins: () => ok({}),
    forPeople: () => ok({}),
    scoped: () => ok({}),
  });
});
afterAll(() => api.stop());

describe('addresses', () => {
  test('a fixed address wins over one with an id, whatever was declared first', async () => {
    expect((await api.call('/things/newest')).body).toEqual({ n: 1 });
    expect((await api.call('/things/abc')).body).toEqual({ id: 'abc' });
  });

  test('an id of another form is not found', async () => {
    expect((await api.call('/things/abcdef')).body).toMatchObject({ status: 404, code: 'not_found' });
  });

  test('an address with broken percent signs is refused', async () => {
    expect((await api.call('/things/%E0%A4%A')).body).toMatchObject({ status: 400, code: 'invalid_request' });
  });

  test.each(['/Things/newest', '/things/newest/', '/nothing'])('%s is not found', async (path) => {
    expect((await api.call(path)).body).toMatchObject({ status: 404, code: 'not_found' });
  });

  test.each(['DELETE', 'PUT', 'OPTIONS'])('D12 %s where it is not declared says what is', async (method) => {
    const { body, headers } = await api.call('/things/abc', { method });
    expect(body).toMatchObject({ status: 405, code: 'method_not_allowed' });
    expect(headers.get('Allow')).toBe('GET, PATCH, HEAD');
  });

  test('HEAD answers as GET does, without the body', async () => {
    const { status, body } = await api.call('/things/abc', { method: 'HEAD' });
    expect([status, body]).toEqual([200, {}]);
  });
});

describe('what comes in', () => {
  test.each([
    ['an unknown parameter', '?m=1', 'Expected no other fields'],
    ['a repeated one', '?n=1&n=2', 'n:'],
    ['brackets', '?n[$gt]=1', 'Expected no other fields'],
    ['a value out of bounds', '?n=10', 'n:'],
    ['something that is no number', '?n=x', 'n:'],
  ])('D12 %s in the query is refused by name', async (_, query, told) => {
    const { body } = await api.call(`/things/newest${query}`);
    expect(body).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(body['detail']).toContain(`In the query: `);
    expect(body['detail']).toContain(told);
  });

  test('D12 a query where none is taken is refused', async () => {
    expect((await api.call('/things/abc?x=1')).status).toBe(400);
  });

  test.each([
    ['an unknown field', { name: 'a', owner: 'b' }],
    ['a wrong type', { name: 1 }],
    ['an operator', { name: { $ne: null } }],
    ['a list', []],
    ['null', null],
    ['a text', 'name'],
    ['a missing field', {}],
  ])('D12 %s in the body is refused', async (_, sent) => {
    expect((await api.call('/things/a', sending('PATCH', sent))).body).toMatchObject({
      status: 400,
      code: 'invalid_request',
    });
  });

  test('a body that is not JSON is refused without repeating it', async () => {
    const init = { method: 'PATCH', body: '{"name": <script>', headers: { 'Content-Type': 'application/json' } };
    const { body } = await api.call('/things/a', init);
    expect(body).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(JSON.stringify(body)).not.toContain('script');
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/json2'])(
    'a body of type %s is refused',
    async (type) => {
      const init = { method: 'PATCH', body: '{"name":"a"}', headers: { 'Content-Type': type } };
      expect((await api.call('/things/a', init)).body).toMatchObject({ status: 415, code: 'unsupported_media_type' });
    },
  );

  test('a body of more than 2 MB is refused', async () => {
    const { body } = await api.call('/things/a', sending('PATCH', { name: 'a'.repeat(3_000_000) }));
    expect(body).toMatchObject({ status: 413, code: 'request_too_large' });
  });

  test('a body of an unknown encoding or charset is refused', async () => {
    const encoded = await api.call('/things/a', sending('PATCH', { name: 'a' }, { 'Content-Encoding': 'zip' }));
    expect(encoded.status).toBe(415);
    const foreign = await api.call(
      '/things/a',
      sending('PATCH', { name: 'a' }, { 'Content-Type': 'application/json; charset=latin1' }),
    );
    expect(foreign.status).toBe(415);
  });

  test('a body may be left out where all of it is optional', async () => {
    expect((await api.call('/optional', { method: 'POST' })).body).toEqual({ name: 'none' });
  });
});

describe('If-Match', () => {
  test.each([
    ['the revision that is there', '"r3"', 200],
    ['any', '*', 200],
    ['an older one', '"r2"', 412],
    ['another form', 'W/"r3"', 412],
    ['no quotes', 'r3', 412],
  ])('%s', async (_, expected, status) => {
    const answer = await api.call('/things/a', sending('PATCH', { name: 'a' }, { 'If-Match': expected }));
    expect(answer.status).toBe(status);
    expect(answer.headers.get('ETag')).toBe(status === 200 ? '"r4"' : null);
  });
});

describe('what goes out', () => {
  test('an answer that is not as declared is an error of ours', async () => {
    expect((await api.call('/wrong')).body).toMatchObject({ status: 500, code: 'internal_error' });
    expect((await api.call('/undeclared')).body).toMatchObject({ status: 500, code: 'internal_error' });
  });

  test('a problem that is not declared is an error of ours', async () => {
    expect((await api.call('/surprise')).body).toMatchObject({ status: 500, code: 'internal_error' });
    expect((await api.call('/undeclared?x=1')).body).toMatchObject({ status: 400 });
  });

  test('an error of ours tells nothing about itself', async () => {
    const { body, headers } = await api.call('/wrong');
    expect(body['detail']).toBe('The gateway met an error it did not expect; its log has the request id');
    expect(body['requestId']).toBe(headers.get('X-Request-Id'));
    expect(headers.get('Content-Type')).toMatch(/^application\/problem\+json/);
  });

  test('the request id is ours, whatever the caller says', async () => {
    const { headers } = await api.call('/things/a', { headers: { 'X-Request-Id': 'mine' } });
    expect(headers.get('X-Request-Id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('answers are kept by nobody', async () => {
    expect((await api.call('/things/a')).headers.get('Cache-Control')).toBe('no-store');
    expect((await api.call('/things/abcdef')).headers.get('Cache-Control')).toBe('no-store');
  });
});

describe('access', () => {
  test('nobody is let in where somebody is expected, before the body is looked at', async () => {
    const closed = await startSmallApi(
      { change: declared.change },
      { change: () => ok({ revision: 1, name: '' }) },
      'nobody',
    );
    const { body, headers } = await closed.call('/things/a', {
      method: 'PATCH',
      body: '{',
      headers: { 'Content-Type': 'application/json' },
    });
    await closed.stop();
    expect(body).toMatchObject({ status: 401, code: 'unauthorized' });
    expect(headers.get('WWW-Authenticate')).toBe('Bearer realm="vitrine"');
  });

  test('a role or scope that is missing is told by name', async () => {
    expect((await api.call('/admin')).body).toMatchObject({
      status: 403,
      detail: 'Expected the role admin, received user',
    });
    expect((await api.call('/scoped')).body).toMatchObject({ status: 403, code: 'forbidden' });
  });

  test('an API key is no person', async () => {
    const handlers = { forPeople: () => ok({}) };
    const keyed = await startSmallApi({ forPeople: declared.forPeople }, handlers, { ...SOMEBODY, key: 'somekey' });
    const { body } = await keyed.call('/person');
    await keyed.stop();
    expect(body).toMatchObject({ status: 403, code: 'forbidden' });
  });
});
