/** SIGTERM while tabs are open: they follow the events, and ask again on the same connections as soon as they are cut off. */
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { GatewayProcess } from '../gateway-process.ts';
import { PASSWORD } from '../studio.ts';

const TABS = 3;
const AGAIN_MS = 200;
/** A fourth of the time after which connections are cut off. */
const MOST_MS = 5000;

const home = mkdtempSync(join(tmpdir(), 'vitrine-stop-'));
let gateway: GatewayProcess;

beforeAll(async () => {
  gateway = await GatewayProcess.start({ data_dir: home, service_url: inject('pyservice').url });
});
afterAll(async () => {
  await gateway.kill();
  rmSync(home, { recursive: true, force: true });
});

test('ends soon though tabs keep asking for events', async () => {
  const token = await signUp();
  const closed = new AbortController();
  const tabs = Array.from({ length: TABS }, () => new Tab(token));
  const done = tabs.map((tab) => tab.follow(closed.signal));
  await expect.poll(() => tabs.every((tab) => tab.heard > 0)).toBe(true);

  const ended = await Promise.race([gateway.stop().then(() => 'ended'), sleep(MOST_MS, 'still there')]);
  closed.abort();
  await Promise.all(done);
  expect(ended).toBe('ended');
});

/** A browser's tab: one connection, used again and again. */
class Tab {
  heard = 0;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  async follow(closed: AbortSignal): Promise<void> {
    while (!closed.aborted) {
      await this.#once(closed).catch(() => undefined);
      await sleep(AGAIN_MS);
    }
    this.#agent.destroy();
  }

  async #once(signal: AbortSignal): Promise<void> {
    const headers = { Authorization: `Bearer ${this.#token}` };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      get(`${gateway.url}/api/v1/events`, { agent: this.#agent, headers, signal }, resolve).once('error', reject);
    });
    for await (const chunk of answer) this.heard += (chunk as Buffer).length;
  }
}

async function signUp(): Promise<string> {
  const answer = await fetch(`${gateway.url}/api/v1/auth/register`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: 'anna@example.com', name: 'Anna', password: PASSWORD }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}
