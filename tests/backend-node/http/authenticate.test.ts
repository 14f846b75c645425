/** Routes that take the view cookie are those of files; here are small ones of that kind. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { routes } from '../../../backend-node/src/contract/route.ts';
import { Auth } from '../../../backend-node/src/features/auth/routes.ts';
import { Api } from '../../../backend-node/src/http/api.ts';
import { authenticator } from '../../../backend-node/src/http/authenticate.ts';
import type { Who } from '../../../backend-node/src/http/call.ts';
import { handleProblems } from '../../../backend-node/src/http/problems.ts';
import { beginRequests } from '../../../backend-node/src/http/request.ts';
import { browser, signedIn, type Browser } from '../features/auth/browser.ts';
import { startStudio, type Client, type Studio } from '../studio.ts';

const about = { tag: 'test', summary: 'Test', answers: { 200: { description: 'Who asks.' } } } as const;
const looking = { scope: 'images:read', cookie: true } as const;
const probes = routes({
  look: { ...about, method: 'get', path: '/look', access: looking },
  change: { ...about, method: 'post', path: '/look', access: looking },
  plain: { ...about, method: 'get', path: '/plain', access: { scope: 'images:read' } },
  admin: { ...about, method: 'get', path: '/admin', access: { scope: 'admin', role: 'admin', cookie: true } },
  open: { ...about, method: 'get', path: '/open', access: 'open' },
});

let studio: Studio;
let admin: Client;
let server: Server;
let there: Browser;

beforeAll(async () => {
  studio = await startStudio();
  admin = await studio.signUp('admin');
  const auth = new Auth(studio.parts);
  const authenticate = authenticator({
    token: (token) => auth.authentication.token(token),
    viewCookie: (value) => auth.authentication.viewCookie(value),
    apiKey: () => Promise.reject(new Error('no key is sent here')),
  });
  const who = (call: { readonly who: Who | undefined }) => ({ status: 200, body: { who: call.who?.id ?? null } });
  const api = new Api({ authenticate, store: studio.parts.store, checkAnswers: true });
  api.add(probes, { look: who, change: who, plain: who, admin: who, open: who });
  const app = express().use(beginRequests(studio.parts.log)).use('/api/v1', api.router()).use(handleProblems);
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = browser(studio.url);
  await signedIn(own, admin.email);
  there = browser(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, own.cookies);
});
afterAll(async () => {
  server.close();
  await studio.stop();
});

test('the view cookie is good for looking, where the route says so', async () => {
  expect(await (await there.get('/look')).json()).toEqual({ who: admin.id });
  expect((await there.post('/look')).status).toBe(401);
  expect((await there.get('/plain')).status).toBe(401);
});

test('the view cookie gives no more than looking, even to an administrator', async () => {
  expect((await there.get('/admin')).status).toBe(403);
});

test('D11 the view cookie does not count for pages of another site', async () => {
  expect((await there.get('/look', { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
  expect((await there.get('/look', { 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200);
});

test('a view cookie that is not ours is refused', async () => {
  const value = there.cookies.get('vitrine_view') ?? '';
  for (const wrong of [value.slice(0, -3), `x${value}`, value.split('.')[0] ?? '', '.', 'x'.repeat(4000)]) {
    const forger = browser(
      `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      new Map([['vitrine_view', wrong]]),
    );
    expect((await forger.get('/look')).status).toBe(401);
  }
});

test('an open route takes those whose token has ended, as strangers', async () => {
  expect(await (await there.get('/open', { Authorization: 'Bearer x' })).json()).toEqual({ who: null });
  expect(await (await there.get('/open', { Authorization: `Bearer ${admin.token}` })).json()).toEqual({
    who: admin.id,
  });
});

test('D5 the view cookie stops with its session', async () => {
  const own = browser(studio.url);
  await signedIn(own, admin.email);
  const viewer = browser(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, new Map(own.cookies));
  expect((await viewer.get('/look')).status).toBe(200);
  await own.post('/auth/logout');
  expect((await viewer.get('/look')).status).toBe(401);
});
