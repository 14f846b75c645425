import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appFiles } from '../../../backend-node/src/http/app-files.ts';

const PAGE = '<!doctype html><title>The app</title>';
let server: Server;
let folder: string;
let url: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-app-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), PAGE);
  writeFileSync(join(folder, 'assets', 'x-abc.js'), 'export {};');
  server = createServer(express().use(appFiles(folder))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

test.each(['/', '/gallery', '/images/0198c0de', '/s/a.b', '/s/eyJhIjoxfQ.c2lnbmVk', '/s/a.b?from=mail'])(
  '%s is the app’s page, asked for again each time',
  async (path) => {
    const answer = await fetch(`${url}${path}`);
    expect([answer.status, await answer.text()]).toEqual([200, PAGE]);
    expect(answer.headers.get('Content-Type')).toMatch(/^text\/html/);
    expect(answer.headers.get('Cache-Control')).toBe('no-cache');
  },
);

test('a file whose name holds its hash is kept for ever', async () => {
  const answer = await fetch(`${url}/assets/x-abc.js`);
  expect([answer.status, await answer.text()]).toEqual([200, 'export {};']);
  expect(answer.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
});

test.each(['/assets/gone.js', '/gone.png', '/api/nope', '/api'])('%s is no page', async (path) => {
  expect((await fetch(`${url}${path}`)).status).toBe(404);
});
