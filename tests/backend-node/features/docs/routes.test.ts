import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allRoutes } from '../../../../backend-node/src/contract/index.ts';
import { startStudio, type Studio } from '../../studio.ts';

let studio: Studio;
beforeAll(async () => void (studio = await startStudio()));
afterAll(() => studio.stop());

const get = (path: string, init?: RequestInit) => fetch(`${studio.url}${path}`, init);

test('the document has every route and the version of the gateway', async () => {
  const answer = await get('/api/openapi.json');
  const document = (await answer.json()) as { info: { version: string }; paths: Record<string, object> };
  const { version } = JSON.parse(readFileSync('backend-node/package.json', 'utf8')) as { version: string };
  expect(answer.headers.get('Content-Type')).toMatch(/^application\/json/);
  expect(document.info.version).toBe(version);
  const operations = Object.values(document.paths).flatMap((path) => Object.keys(path));
  expect(operations).toHaveLength(Object.keys(allRoutes).length);
});

test('who has the document already is told so', async () => {
  const etag = (await get('/api/openapi.json')).headers.get('ETag') ?? '';
  // Said explicitly, because fetch asks for a fresh copy otherwise.
  const asked = async (known: string) =>
    (await get('/api/openapi.json', { headers: { 'If-None-Match': known, 'Cache-Control': 'max-age=0' } })).status;
  expect([await asked(etag), await asked('"other"')]).toEqual([304, 200]);
});

test('the page is made of files of the gateway only, and no script stands in it', async () => {
  const answer = await get('/api/docs');
  const page = await answer.text();
  const policy = answer.headers.get('Content-Security-Policy') ?? '';
  expect(policy).toMatch(/script-src 'self';/);
  expect(page).not.toMatch(/<script>|<script [^>]*>[^<]|https?:\/\/| on\w+=/);
  const files = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path ?? '');
  expect(files).toHaveLength(5);
  for (const file of files) expect((await get(file)).status, file).toBe(200);
});

test.each([
  ['/api/docs/swagger-ui.css', 'text/css'],
  ['/api/docs/swagger-ui-bundle.js', 'text/javascript'],
  ['/api/docs/start.js', 'text/javascript'],
])('%s has its type', async (path, type) => {
  const { headers } = await get(path);
  expect(headers.get('Content-Type')).toContain(type);
  expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
});

test.each([
  '/api/docs/package.json',
  '/api/docs/routes.ts',
  '/api/docs/..%2froutes.ts',
  '/api/docs/',
  '/api/docs/%2e%2e/routes.ts',
])('%s is not found', async (path) => {
  expect((await get(path)).status).toBe(404);
});

test.each(['/api/openapi.json', '/api/docs', '/api/docs/start.js'])('D12 %s is only for reading', async (path) => {
  const answer = await get(path, { method: 'POST' });
  expect([answer.status, answer.headers.get('Allow')]).toEqual([405, 'GET, HEAD']);
});
