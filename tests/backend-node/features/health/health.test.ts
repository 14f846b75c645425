import { afterAll, beforeAll, expect, test } from 'vitest';
import { GatewayError } from '../../../../backend-node/src/errors.ts';
import { Readiness } from '../../../../backend-node/src/features/health/readiness.ts';
import { freePort } from '../../pyservice.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';

let studio: Studio;
let admin: Client;
let ben: Client;

beforeAll(async () => {
  studio = await startStudio();
  admin = await studio.signUp('anna');
  ben = await studio.signUp('ben');
});
afterAll(() => studio.stop());

const PLACES = ['', '/api/v1'];
const FORWARDED = { 'X-Forwarded-For': '203.0.113.7' };

test.for(PLACES)('%s/healthz and /readyz need no credential', async (place) => {
  for (const [page, status] of [
    ['healthz', 'ok'],
    ['readyz', 'ready'],
  ]) {
    const answer = await fetch(`${studio.url}${place}/${page ?? ''}`);
    expect([answer.status, await answer.json()]).toEqual([200, { status }]);
  }
});

test('what is down is named', async () => {
  const alone = await startStudio({ service_url: `http://127.0.0.1:${await freePort()}` });
  const answer = await fetch(`${alone.url}/readyz`);
  const told = (await answer.json()) as { code: string; detail: string };
  expect(answer.status).toBe(503);
  expect(answer.headers.get('Retry-After')).toBe('2');
  expect(told.code).toBe('processing_unavailable');
  expect(told.detail).toContain('the processing service');
  expect(told.detail).not.toContain('database');
  expect((await fetch(`${alone.url}/healthz`)).status).toBe(200);
  await alone.stop();
});

test('a wrong key for the processing service is not ready', async () => {
  const refuse = () => Promise.reject(new GatewayError('internal_error', 'x'));
  const check = () => Promise.resolve();
  await expect(new Readiness({ store: { check }, processing: { ready: refuse } }).check()).rejects.toMatchObject({
    code: 'processing_unavailable',
  });
});

test('a database that does not answer is named, and waited for a few seconds only', async () => {
  const check = () => new Promise<never>(() => undefined);
  const ready = () => Promise.resolve();
  await expect(new Readiness({ store: { check }, processing: { ready } }).check()).rejects.toMatchObject({
    code: 'store_unavailable',
    extras: { details: { down: ['the database'] } },
  });
});

test('many who ask at once make it ask once', async () => {
  let asked = 0;
  const check = () => {
    asked += 1;
    return Promise.resolve();
  };
  const readiness = new Readiness({ store: { check }, processing: { ready: () => Promise.resolve() } });
  await Promise.all(Array.from({ length: 50 }, () => readiness.check()));
  expect(asked).toBe(1);
});

test.for(PLACES)('%s/metrics has figures by pattern, never by id', async (place) => {
  await admin.json('GET', '/images/01ARZ3NDEKTSV4RRFFQ69G5FAV', undefined, 404);
  await admin.call('/operations');
  const answer = await fetch(`${studio.url}${place}/metrics`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('Content-Type')).toContain('text/plain');
  const text = await answer.text();
  expect(text).toMatch(/request_duration_seconds_count\{method="GET",route="\/images\/:id",status="404"\} \d/);
  expect(text).toMatch(/processing_duration_seconds_count\{verb="GET \/operations",outcome="200"\} \d/);
  expect(text).toContain('vitrine_gateway_processing_refused 0');
  expect(text).toContain('nodejs_eventloop_lag_seconds');
  expect(text).toContain('process_resident_memory_bytes');
  expect(text).not.toContain('01ARZ3NDEKTSV4RRFFQ69G5FAV');
});

test('figures are for this machine and for administrators', async () => {
  const ask = (client: Client) => client.call('/metrics', { headers: FORWARDED });
  expect((await ask(studio.stranger)).status).toBe(401);
  expect((await ask(ben)).status).toBe(403);
  expect((await ask(admin)).status).toBe(200);
});

test('addresses nobody declared count as one', async () => {
  for (const path of ['/api/v1/no-such', '/api/v1/no-other', '/wp-login.php']) await fetch(studio.url + path);
  const text = await (await fetch(`${studio.url}/metrics`)).text();
  expect(text).toMatch(/method="GET",route="none",status="404"\} \d/);
  expect(text).not.toContain('wp-login');
});
