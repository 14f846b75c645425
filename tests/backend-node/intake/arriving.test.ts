import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { capped, discard, patiently } from '../../../backend-node/src/intake/arriving.ts';

const NEVER = new AbortController().signal;

async function collected(chunks: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk.toString();
  return text;
}

test('a file of exactly the limit passes, one byte more does not', async () => {
  expect(await buffer(capped(Readable.from([Buffer.alloc(6), Buffer.alloc(4)]), 10))).toHaveLength(10);
  await expect(buffer(capped(Readable.from([Buffer.alloc(6), Buffer.alloc(5)]), 10))).rejects.toMatchObject({
    code: 'image_too_large',
  });
});

test('what breaks before it reaches its end breaks the capped one as well', async () => {
  const file = new PassThrough();
  const body = capped(file, 10);
  file.write('abc');
  file.destroy(new Error('cut'));
  await expect(buffer(body)).rejects.toThrow('cut');
});

test('a caller who stops sending is not waited for for ever', async () => {
  const req = new PassThrough();
  req.write('abc');
  await expect(collected(patiently(req, 50))).rejects.toMatchObject({ code: 'upload_stalled' });
});

test('time in which nobody reads does not count as a stall', async () => {
  const req = new PassThrough();
  req.write('abc');
  const chunks = patiently(req, 50);
  expect((await chunks.next()).value).toEqual(Buffer.from('abc'));
  req.end('def');
  await sleep(120);
  expect(await collected(chunks)).toBe('def');
});

test('a request that is let go of can be read on by others', async () => {
  const req = new PassThrough();
  req.write('abc');
  for await (const chunk of patiently(req, 1000)) {
    expect(chunk.toString()).toBe('abc');
    break;
  }
  expect(req.destroyed).toBe(false);
  req.end('rest');
  expect((await buffer(req)).toString()).toBe('rest');
});

test('discarding ends at the end, at the limit, or with the signal', async () => {
  expect(await discard(Readable.from([Buffer.alloc(10)]), 10, NEVER)).toBe(true);
  expect(await discard(Readable.from([Buffer.alloc(10), Buffer.alloc(1)]), 10, NEVER)).toBe(false);
  const gone = new AbortController();
  const waiting = discard(new PassThrough(), 10, gone.signal);
  gone.abort();
  expect(await waiting).toBe(false);
  expect(await discard(new PassThrough(), 10, gone.signal)).toBe(false);
});
