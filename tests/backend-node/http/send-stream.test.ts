import { Readable } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { routes } from '../../../backend-node/src/contract/route.ts';
import { SENT } from '../../../backend-node/src/http/call.ts';
import { sendStream } from '../../../backend-node/src/http/send-stream.ts';
import { startSmallApi, type SmallApi } from './small-api.ts';

const answers = { 200: { description: 'Lines.', media: ['text/plain'] } };
const declared = routes({
  lines: { method: 'get', path: '/lines', tag: 't', summary: 's', access: { scope: 'images:read' }, answers },
});

let api: SmallApi;
afterEach(() => api.stop());

/** What becomes of an answer that goes on for ever. */
interface Course {
  begun: boolean;
  ended: boolean;
}

const start = async (): Promise<Course> => {
  const course = { begun: false, ended: false };
  async function* endless(): AsyncGenerator<string> {
    course.begun = true;
    try {
      for (;;) {
        yield `${'x'.repeat(1000)}\n`;
        await Promise.resolve();
      }
    } finally {
      course.ended = true;
    }
  }
  api = await startSmallApi(declared, {
    lines: async (call) => {
      await sendStream(call, { 'Content-Type': 'text/plain' }, Readable.from(endless()));
      return SENT;
    },
  });
  return course;
};

test('what nobody reads any more is no longer made', async () => {
  const course = await start();
  const leave = new AbortController();
  const answer = await fetch(`${api.url}/lines`, { signal: leave.signal });
  expect(await answer.body?.getReader().read()).toMatchObject({ done: false });
  expect(course).toEqual({ begun: true, ended: false });
  leave.abort();
  await expect.poll(() => course.ended).toBe(true);
});

test('HEAD has the headers, and nothing is made for it', async () => {
  const course = await start();
  const answer = await api.call('/lines', { method: 'HEAD' });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('Content-Type')).toContain('text/plain');
  expect(answer.headers.get('Cache-Control')).toBe('no-store');
  expect(course.begun).toBe(false);
});
