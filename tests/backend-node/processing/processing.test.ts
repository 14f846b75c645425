import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, inject, test, vi } from 'vitest';
import { createLog } from '../../../backend-node/src/logs.ts';
import { Processing } from '../../../backend-node/src/processing/processing.ts';
import { Pyservice } from '../../../backend-node/src/processing/pyservice.ts';
import { boxOnGrey } from './drawn-png.ts';
import { brokenServer } from './broken-server.ts';
import { Readable } from 'node:stream';

const log = createLog({ log_level: 'error', log_format: 'json' }, { write: () => undefined });
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const end of ends.splice(0)) await end();
});

const asking = () => ({ signal: new AbortController().signal, request: 'r' });

function processing(url: string, secret = 'x'.repeat(48)): Processing {
  const service = new Pyservice({ url, secret, log });
  ends.push(() => service.close());
  return new Processing(service);
}

const real = (): Processing => {
  const { url, secret } = inject('pyservice');
  return processing(url, secret);
};

/** Answers /about as it is told, and everything else after a while. */
async function telling() {
  const state = { about: { concurrency: 1, queue: 4 }, down: false, working: 0, most: 0 };
  const server = await brokenServer((socket, received) => {
    if (state.down) {
      socket.destroy();
      return;
    }
    const say = (body: unknown): void => {
      const text = JSON.stringify(body);
      socket.write(
        `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${text.length}\r\n\r\n${text}`,
      );
    };
    const limits = { version: '1', max_bytes: 1, max_pixels: 1, max_archive_bytes: 1, blob_dir: null, disk: null };
    if (received.startsWith('GET /about')) {
      say({ ...limits, ...state.about });
      return;
    }
    state.working += 1;
    state.most = Math.max(state.most, state.working);
    setTimeout(() => {
      state.working -= 1;
      say({ done: true });
    }, 50);
  });
  ends.push(() => server.stop());
  return { state, service: processing(server.url) };
}

test('what pyservice says of itself is asked again after a while, and the old answer does while it is away', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { state, service } = await telling();
  expect((await service.about()).concurrency).toBe(1);
  state.about = { concurrency: 7, queue: 4 };
  expect((await service.about()).concurrency).toBe(1);
  vi.setSystemTime(Date.now() + 11_000);
  await expect.poll(async () => (await service.about()).concurrency).toBe(7);
  state.down = true;
  vi.setSystemTime(Date.now() + 11_000);
  for (let times = 0; times < 3; times += 1) {
    expect((await service.about()).concurrency).toBe(7);
    await sleep(50);
  }
});

test('what was never known is asked for until it is', async () => {
  const { state, service } = await telling();
  state.down = true;
  await expect(service.about()).rejects.toMatchObject({ code: 'processing_unavailable' });
  state.down = false;
  await expect
    .poll(
      () =>
        service.about().then(
          ({ queue }) => queue,
          () => 0,
        ),
      { timeout: 5000 },
    )
    .toBe(4);
});

test('no more work is asked for at once than pyservice takes', async () => {
  const { state, service } = await telling();
  const blob = 'a'.repeat(64);
  await Promise.all(Array.from({ length: 10 }, () => service.inspect(blob, asking())));
  expect(state.most).toBe(2);
});

test('a wrong key is not ready, though pyservice answers', async () => {
  const { url } = inject('pyservice');
  await expect(processing(url, 'y'.repeat(48)).ready(AbortSignal.timeout(5000))).rejects.toMatchObject({
    code: 'internal_error',
  });
  await real().ready(AbortSignal.timeout(5000));
});

test('a picture goes in and comes out the same', async () => {
  const png = boxOnGrey(7001);
  const told = await real().ingest(Readable.from([png.subarray(0, 100), png.subarray(100)]), asking());
  expect(told.id).toBe(createHash('sha256').update(png).digest('hex'));
  const chunks = await (await real().open(told.id, asking())).toArray();
  expect(Buffer.concat(chunks as Buffer[]).equals(png)).toBe(true);
});

test('a stored file that is missing is said to be so', async () => {
  const missing = 'e'.repeat(64);
  await expect(real().open(missing, asking())).rejects.toMatchObject({ code: 'not_found' });
  await expect(real().inspect(missing, asking())).rejects.toMatchObject({ code: 'corrupt_blob' });
  await expect(real().render({ blob: missing, recipe: { steps: [] } }, asking())).rejects.toMatchObject({
    code: 'corrupt_blob',
  });
});

test.for(['../../../etc/passwd', 'A'.repeat(64), '', 'a'.repeat(63)])('%j is no blob and never a path', async (id) => {
  await expect(real().fileOf(id)).rejects.toMatchObject({ code: 'not_found' });
});

test('the request id goes along', async () => {
  const { url, secret } = inject('pyservice');
  const service = new Pyservice({ url, secret, log });
  ends.push(() => service.close());
  const answer = await service.send({ method: 'GET', path: '/about', request: '6d6e0d8c-0000-4000-8000-000000000001' });
  await answer.body.dump();
  expect(answer.headers['x-request-id']).toBe('6d6e0d8c-0000-4000-8000-000000000001');
});

test('a file beyond the limit is refused while it is still being sent, for that reason', async () => {
  const service = real();
  const { max_bytes } = await service.about();
  let sent = 0;
  const endless = Readable.from(
    (async function* () {
      for (; sent < 10 * max_bytes; sent += 1_000_000) {
        yield Buffer.alloc(1_000_000, 1);
        await sleep(0);
      }
    })(),
  );
  await expect(service.ingest(endless, asking())).rejects.toMatchObject({ code: 'image_too_large' });
  expect(sent).toBeLessThan(10 * max_bytes);
  endless.destroy();
});
