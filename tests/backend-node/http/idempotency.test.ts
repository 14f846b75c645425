import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { routes } from '../../../backend-node/src/contract/route.ts';
import { GatewayError } from '../../../backend-node/src/errors.ts';
import { created } from '../../../backend-node/src/http/call.ts';
import { sending, startSmallApi, type SmallApi } from './small-api.ts';

const declared = routes({
  make: {
    method: 'post',
    path: '/things',
    tag: 'things',
    summary: 'Make a thing',
    access: { scope: 'process' },
    body: z.strictObject({ name: z.string(), wait_ms: z.int().optional() }),
    idempotent: true,
    problems: ['processing_unavailable'],
    answers: { 201: { description: 'The thing.', body: z.object({ number: z.int() }) } },
  },
});

let api: SmallApi;
let made = 0;
let broken = false;

beforeAll(async () => {
  api = await startSmallApi(declared, {
    make: async ({ body }) => {
      await sleep(body.wait_ms ?? 0);
      if (broken) throw new GatewayError('processing_unavailable', 'Not now');
      made += 1;
      return created({ number: made }, `/api/v1/things/${made}`);
    },
  });
});
afterAll(() => api.stop());
beforeEach(() => {
  made = 0;
  broken = false;
});

const make = (key: string | undefined, body: unknown = { name: 'a' }) =>
  api.call('/things', sending('POST', body, key === undefined ? {} : { 'Idempotency-Key': key }));

test('E5 the same key twice makes one thing and answers alike', async () => {
  const first = await make('one');
  const second = await make('one');
  expect(made).toBe(1);
  expect([second.status, second.body]).toEqual([201, first.body]);
  expect(second.headers.get('Location')).toBe(first.headers.get('Location'));
  expect(first.headers.get('Idempotency-Replayed')).toBeNull();
  expect(second.headers.get('Idempotency-Replayed')).toBe('true');
});

test('E5 the same key at the same time makes one thing', async () => {
  const answers = await Promise.all([1, 2, 3, 4].map(() => make('together', { name: 'a', wait_ms: 100 })));
  expect(made).toBe(1);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409]);
});

test('without a key each request makes a thing', async () => {
  await make(undefined);
  await make(undefined);
  expect(made).toBe(2);
});

test('a key of another request is refused', async () => {
  await make('other');
  expect((await make('other', { name: 'b' })).body).toMatchObject({ status: 409, code: 'idempotency_mismatch' });
  expect(made).toBe(1);
});

test('a request that failed may be tried again with its key', async () => {
  broken = true;
  expect((await make('again')).status).toBe(503);
  broken = false;
  expect((await make('again')).status).toBe(201);
});

test.each(['', 'with space', 'é', 'x'.repeat(201)])('the key %j is refused', async (key) => {
  expect((await make(key)).body).toMatchObject({ status: 400, code: 'invalid_request' });
  expect(made).toBe(0);
});

test('a key that a crash left behind is free again after its time', async () => {
  await make('crashed');
  for await (const one of api.store.all('idempotency')) {
    await api.store.write([
      { update: 'idempotency', row: { ...one, state: 'running', expires_at: '2020-01-01T00:00:00.000Z' } },
    ]);
  }
  expect((await make('crashed')).status).toBe(201);
  expect(made).toBe(2);
});

const runningRow = async () => {
  const now = new Date().toISOString();
  for await (const one of api.store.all('idempotency')) if (one.state === 'running' && one.expires_at > now) return one;
  throw new Error('Expected a request that runs');
};

test('a request whose key went with its account is answered all the same', async () => {
  const answer = make('gone', { name: 'a', wait_ms: 100 });
  await sleep(50);
  await api.store.write([{ remove: 'idempotency', id: (await runningRow()).id }]);
  expect((await answer).status).toBe(201);
});

test('a request that fails once its key is gone tells its own problem', async () => {
  broken = true;
  const answer = make('gone-and-failed', { name: 'a', wait_ms: 100 });
  await sleep(50);
  await api.store.write([{ remove: 'idempotency', id: (await runningRow()).id }]);
  expect((await answer).body).toMatchObject({ status: 503, code: 'processing_unavailable' });
});

test('a request that took too long leaves the key to whoever took its place', async () => {
  const answer = make('slow', { name: 'a', wait_ms: 100 });
  await sleep(50);
  const row = await runningRow();
  await api.store.write([{ update: 'idempotency', row }]);
  expect((await answer).status).toBe(201);
  expect(await api.store.get('idempotency', row.id)).toMatchObject({ state: 'running', revision: row.revision + 1 });
});
