import { setTimeout as sleep } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { GatewayError } from '../../../backend-node/src/errors.ts';
import { createLog } from '../../../backend-node/src/logs.ts';
import { Pyservice, type PyserviceOptions, type Wish } from '../../../backend-node/src/processing/pyservice.ts';
import { freePort } from '../pyservice.ts';
import { brokenServer, type BrokenServer } from './broken-server.ts';

const log = createLog({ log_level: 'error', log_format: 'json' }, { write: () => undefined });
const SECRET = 'x'.repeat(48);
const ASK: Wish = { method: 'GET', path: '/about', timeout_ms: 300 };

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

function client(url: string, more: Partial<PyserviceOptions> = {}): Pyservice {
  const service = new Pyservice({ url, secret: SECRET, log, ...more });
  ends.push(() => service.close());
  return service;
}

async function broken(answer: Parameters<typeof brokenServer>[0]): Promise<BrokenServer> {
  const server = await brokenServer(answer);
  ends.push(() => server.stop());
  return server;
}

const failure = async (asked: Promise<unknown>): Promise<GatewayError> => {
  const thrown: unknown = await asked.then(
    () => 'it succeeded',
    (error: unknown) => error,
  );
  if (thrown instanceof GatewayError) return thrown;
  throw new Error(`Expected a problem, received ${String(thrown)}`);
};

const http = (status: string, body: string, type = 'application/json'): string =>
  `HTTP/1.1 ${status}\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const healthy = (received: string): boolean => received.startsWith('GET /healthz');

const ask = (service: Pyservice, wish: Wish = ASK) => service.json(wish, z.object({ ok: z.boolean() }));

test('nobody listens: unavailable at once, with a time to come back', async () => {
  const service = client(`http://127.0.0.1:${await freePort()}`);
  const started = performance.now();
  const error = await failure(ask(service));
  expect(error.code).toBe('processing_unavailable');
  expect(error.extras.retry_after_s).toBeGreaterThan(0);
  expect(performance.now() - started).toBeLessThan(5000);
});

test('a server that accepts and never answers costs the time limit, not more', async () => {
  const server = await broken(() => undefined);
  const started = performance.now();
  expect((await failure(ask(client(server.url), { ...ASK, once: true }))).code).toBe('processing_unavailable');
  expect(performance.now() - started).toBeLessThan(2000);
});

test('waiting for a free connection counts as waiting', async () => {
  const server = await broken(() => undefined);
  const service = client(server.url, { connections: 1 });
  const first = failure(ask(service, { ...ASK, timeout_ms: 5000, once: true }));
  expect((await failure(ask(service, { ...ASK, once: true }))).code).toBe('processing_unavailable');
  expect(server.met()).toBe(1);
  await service.close();
  expect((await first).code).toBe('processing_unavailable');
});

test.for<readonly [string, string]>([
  ['garbage', 'this is no HTTP at all\r\n\r\n'],
  ['half an answer', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"ok":'],
  ['a head that breaks off', 'HTTP/1.1 200 OK\r\nContent-Le'],
  ['nothing', ''],
])('%s and a closed door: unavailable, after more tries', async ([, bytes]) => {
  const server = await broken((socket) => void socket.end(bytes));
  expect((await failure(ask(client(server.url)))).code).toBe('processing_unavailable');
  expect(server.met()).toBe(3);
});

test('an answer cut in the middle is asked for again', async () => {
  let times = 0;
  const server = await broken((socket) => {
    times += 1;
    if (times === 1) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"ok"');
    else socket.end(http('200 OK', '{"ok":true}'));
  });
  expect(await ask(client(server.url))).toEqual({ ok: true });
});

test('another program on the port is an error of ours, said without its words', async () => {
  const server = await broken((socket) => socket.end(http('200 OK', '<h1>nginx 1.2.3</h1>', 'text/html')));
  const error = await failure(ask(client(server.url)));
  expect(error.code).toBe('internal_error');
  expect(error.message).not.toContain('nginx');
});

test('too large a JSON body is the caller’s mistake, not ours', async () => {
  const problem = { type: 'x', code: 'request_entity_too_large', status: 413, title: 't', detail: 'd', requestId: 'r' };
  const server = await broken((socket) => socket.end(http('413 Too Large', JSON.stringify(problem))));
  expect((await failure(ask(client(server.url)))).code).toBe('request_too_large');
});

test('after failures in a row callers are refused at once, until one gets through', async () => {
  let up = false;
  const server = await broken((socket) => {
    if (up) socket.end(http('200 OK', '{"ok":true}'));
    else socket.destroy();
  });
  const service = client(server.url);
  await failure(ask(service));
  expect(service.refusing).toBe(true);
  const before = server.met();
  const started = performance.now();
  expect((await failure(ask(service, { ...ASK, once: true }))).extras.retry_after_s).toBe(1);
  expect(performance.now() - started).toBeLessThan(1000);
  expect(server.met()).toBe(before);
  up = true;
  await sleep(1100);
  expect(await ask(service)).toEqual({ ok: true });
  expect(service.refusing).toBe(false);
});

test('a caller that goes away ends the request there', async () => {
  const server = await broken(() => undefined);
  const gone = new AbortController();
  const asked = ask(client(server.url), { ...ASK, timeout_ms: 60_000, signal: gone.signal });
  asked.catch(() => undefined);
  await sleep(100);
  gone.abort(new Error('the caller went away'));
  await expect(asked).rejects.toThrow('the caller went away');
  await expect.poll(server.closed).toBe(1);
});

test('a service that stops breathing during long work is given up', async () => {
  const server = await broken(() => undefined);
  const service = client(server.url, { beat_ms: 50 });
  const started = performance.now();
  const error = await failure(
    ask(service, { method: 'POST', path: '/render', json: {}, timeout_ms: 180_000, once: true }),
  );
  expect(error.code).toBe('processing_unavailable');
  expect(performance.now() - started).toBeLessThan(5000);
});

test('long work is waited for as long as the service breathes', async () => {
  const server = await broken((socket, received) => {
    if (healthy(received)) socket.write(http('200 OK', '{}'));
    else setTimeout(() => socket.end(http('200 OK', '{"ok":true}')), 1000);
  });
  const service = client(server.url, { beat_ms: 50 });
  expect(await ask(service, { ...ASK, timeout_ms: 10_000 })).toEqual({ ok: true });
});

const endless = (): Readable =>
  Readable.from(
    (async function* () {
      for (;;) {
        yield Buffer.alloc(65_536);
        await sleep(1);
      }
    })(),
  );
const upload = (stream: Readable, signal?: AbortSignal): Wish => ({
  method: 'POST',
  path: '/blobs',
  stream,
  ...(signal && { signal }),
});

test('a refusal in the middle of an upload is heard, and the rest is left to its owner', async () => {
  const problem = { type: 'x', code: 'unsupported_format', status: 415, title: 't', detail: 'no', requestId: 'r' };
  let answered = false;
  const server = await broken((socket) => {
    if (answered) return;
    answered = true;
    socket.write(http('415 Unsupported', JSON.stringify(problem)));
  });
  const stream = endless();
  expect((await failure(ask(client(server.url), upload(stream)))).code).toBe('unsupported_format');
  expect(stream.destroyed).toBe(false);
  expect((await stream[Symbol.asyncIterator]().next()).done).toBe(false);
  stream.destroy();
});

test('a connection that breaks in the middle of an upload: unavailable, and sent once only', async () => {
  const server = await broken((socket, received) => {
    if (received.length > 1000) socket.destroy();
  });
  const stream = endless();
  const asked = ask(client(server.url, { beat_ms: 200 }), upload(stream));
  expect((await failure(asked)).code).toBe('processing_unavailable');
  expect(stream.destroyed).toBe(false);
  stream.destroy();
});

test('a file that comes too slowly for the service is not blamed on the service', async () => {
  const server = await broken((socket, received) => {
    if (healthy(received)) socket.write(http('200 OK', '{}'));
    else setTimeout(() => socket.destroy(), 50);
  });
  const service = client(server.url);
  for (let times = 0; times < 4; times += 1) {
    const slow = new Readable({ read: () => undefined });
    slow.push('a beginning');
    expect((await failure(ask(service, upload(slow)))).code).toBe('upload_stalled');
  }
  expect(service.refusing).toBe(false);
});

test.for([0, 1])('a file that stopped coming after %i pieces is given up', async (pieces) => {
  const server = await broken(() => undefined);
  const file = new Readable({ read: () => undefined });
  for (let piece = 0; piece < pieces; piece += 1) file.push('a piece');
  const service = client(server.url, { stalled_ms: 100 });
  expect((await failure(ask(service, upload(file)))).code).toBe('upload_stalled');
  await expect.poll(() => server.closed()).toBe(server.met());
});

test('an upload whose caller hangs up ends with the caller’s own error', async () => {
  const server = await broken(() => undefined);
  const stream = endless();
  const asked = ask(client(server.url), upload(stream));
  asked.catch(() => undefined);
  await sleep(100);
  stream.destroy(new Error('the browser was closed'));
  const cause = expect.objectContaining({ message: 'the browser was closed' }) as Error;
  await expect(asked).rejects.toMatchObject({ code: 'invalid_request', cause });
  await expect.poll(server.closed).toBe(1);
});

test('a file that is cut off is never taken for a whole one', async () => {
  const received: string[] = [];
  const server = await broken((_socket, text) => received.push(text));
  const stream = new Readable({ read: () => undefined });
  stream.push('half of it');
  const asked = ask(client(server.url), upload(stream));
  asked.catch(() => undefined);
  await sleep(100);
  stream.destroy();
  await expect(asked).rejects.toMatchObject({ code: 'invalid_request' });
  expect(received.join('')).not.toContain('0\r\n\r\n');
});

test('callers are told how each call went', async () => {
  const server = await broken((socket) => socket.end(http('200 OK', '{"ok":true}')));
  const service = client(server.url);
  const heard: string[] = [];
  service.listen(({ verb, outcome }) => heard.push(`${verb} ${outcome}`));
  await ask(service, { ...ASK, path: '/blobs/0123' });
  expect(heard).toEqual(['GET /blobs 200']);
});
