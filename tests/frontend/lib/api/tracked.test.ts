// @vitest-environment jsdom
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { postTracked } from '../../../../frontend/src/lib/api/tracked.ts';

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

/** A server of another origin, as far as the page can tell: it says that it may be asked. */
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', '*, Content-Type');
    response.setHeader('Access-Control-Expose-Headers', 'Retry-After, X-Request-Id');
    if (request.method === 'OPTIONS') response.end();
    else answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Expected a port');
  return `http://127.0.0.1:${address.port}/`;
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const BODY = new Blob(['x'.repeat(100_000)]);
const ZIP = { 'Content-Type': 'application/zip' };
const still = { signal: new AbortController().signal, progress: () => undefined };

test('the body arrives as it is, with its type, and how far it is was told', async () => {
  const told: number[] = [];
  const url = await serve((request, response) => {
    void bytesOf(request).then((bytes) =>
      response.end(JSON.stringify({ size: bytes.length, type: request.headers['content-type'] })),
    );
  });
  const sending = { ...still, progress: (share: number) => void told.push(share) };
  const answer = await postTracked(url, BODY, ZIP, sending);
  expect(await answer.json()).toEqual({ size: 100_000, type: 'application/zip' });
  expect(told.at(-1)).toBe(1);
});

test('a refusal is told as the problem it is, with the time to wait', async () => {
  const url = await serve((request, response) => {
    void bytesOf(request).then(() => {
      response.writeHead(429, { 'Retry-After': '7' });
      response.end(JSON.stringify({ code: 'too_busy', status: 429, detail: 'All places are taken' }));
    });
  });
  await expect(postTracked(url, BODY, ZIP, still)).rejects.toMatchObject({
    code: 'too_busy',
    retry_after_s: 7,
  });
});

test('what is cancelled on its way ends as cancelled', async () => {
  const ending = new AbortController();
  const url = await serve(() => ending.abort());
  const sent = postTracked(url, BODY, ZIP, { ...still, signal: ending.signal });
  await expect(sent).rejects.toMatchObject({ name: 'AbortError' });
});

test('a connection that breaks off is told as such', async () => {
  const url = await serve((request) => request.socket.destroy());
  await expect(postTracked(url, BODY, ZIP, still)).rejects.toMatchObject({ code: 'unreachable' });
});
