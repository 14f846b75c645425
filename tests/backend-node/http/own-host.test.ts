import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isLoopback } from '../../../backend-node/src/http/own-host.ts';
import { startStudio, type Studio } from '../studio.ts';

let local: Studio;
let proxied: Studio;

beforeAll(async () => {
  local = await startStudio();
  proxied = await startStudio({ environment: { VITRINE_TRUSTED_PROXIES: '1' } });
});
afterAll(() => Promise.all([local.stop(), proxied.stop()]));

/** fetch does not let a page choose its host; this does. */
function statusFor(studio: Studio, host: string): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const asked = request(`${studio.url}/api/v1/auth/state`, { headers: { host } }, (answer) => {
    answer.resume();
    resolve(answer.statusCode);
  });
  asked.on('error', reject).end();
  return promise;
}

test.each(['127.0.0.1:8080', 'localhost', 'LOCALHOST:1', '[::1]:8080', '127.0.0.1'])(
  '%s is this machine',
  async (host) => {
    expect(await statusFor(local, host)).toBe(200);
  },
);

test.each(['evil.example', 'evil.example:8080', '127.0.0.1.evil.example', 'localhost.evil.example:80', '192.168.0.9'])(
  'a page that calls itself %s is refused: it could have given its name our address',
  async (host) => {
    expect(await statusFor(local, host)).toBe(421);
  },
);

test('behind a proxy the name is the proxy’s', async () => {
  expect(await statusFor(proxied, 'studio.example')).toBe(200);
});

test('only addresses of this machine are loopback', () => {
  expect(['127.0.0.1', '::1', 'localhost'].map(isLoopback)).toEqual([true, true, true]);
  expect(['0.0.0.0', '::', '192.168.0.9', 'studio.example'].map(isLoopback)).toEqual([false, false, false, false]);
});
