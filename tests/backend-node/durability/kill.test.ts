/** kill -9 of the gateway in the middle of uploads and edits: what was acknowledged is there, and nothing else is lost. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GatewayProcess } from '../gateway-process.ts';
import { startPyservice, type RunningService } from '../pyservice.ts';
import { clientOf, PASSWORD, type Client } from '../studio.ts';
import { picture } from '../photos.ts';

const PICTURES = 1000;
const AT_ONCE = 8;
const KILLS = 5;

const home = mkdtempSync(join(tmpdir(), 'vitrine-kill-'));
let pyservice: RunningService;
let gateway: GatewayProcess;

beforeAll(async () => {
  pyservice = await startPyservice(home);
  const environment = { VITRINE_ACCESS_TOKEN_S: '3600' };
  gateway = await GatewayProcess.start({ data_dir: home, service_url: pyservice.url, environment });
});

afterAll(async () => {
  await gateway.kill();
  await pyservice.stop();
  rmSync(home, { recursive: true, force: true });
});

interface Acknowledged {
  readonly id: string;
  readonly blob: string;
  title: string;
}

interface Uploaded {
  readonly items: readonly { readonly image: { readonly id: string; readonly blob: string } }[];
}

test('every acknowledged upload and edit survives kill -9, and no blob is left that verify does not find', async () => {
  const me = await signUp();
  const known: Acknowledged[] = [];
  const next = Array.from({ length: PICTURES }, (_, at) => at).values();
  const work = Array.from({ length: AT_ONCE }, async () => {
    for (const seed of next) known.push(await uploadAndName(me, seed));
  });
  const all = Promise.all(work);
  for (let kills = 0; kills < KILLS; kills += 1) {
    await sleep(300 + Math.random() * 900);
    await gateway.kill();
    await gateway.start();
  }
  await all;

  expect(known).toHaveLength(PICTURES);
  const stored = await everyImage(me);
  expect(stored.size).toBe(PICTURES);
  for (const { id, blob, title } of known) expect(stored.get(id)).toEqual({ blob, title });
  expect(await me.json('GET', '/audit/verify')).toMatchObject({ broken_at: null });
  expectOnlyKnownBlobs(known);
});

async function signUp(): Promise<Client> {
  const body = { email: 'kill@example.com', name: 'Kill', password: PASSWORD };
  const answer = await clientOf(gateway.url, '', '', '').json<{ access_token: string; user: { id: string } }>(
    'POST',
    '/auth/register',
    body,
    201,
  );
  return clientOf(gateway.url, answer.user.id, body.email, answer.access_token);
}

/** Tries until it is acknowledged, as a careful client does. */
async function uploadAndName(me: Client, seed: number): Promise<Acknowledged> {
  const headers = { 'Content-Type': 'application/octet-stream' };
  const body = picture(seed);
  const { items } = await acknowledged<Uploaded>(() =>
    me.call(`/images?name=${seed}.png`, { method: 'POST', body, headers }),
  );
  const image = items[0]?.image;
  if (!image) throw new Error('an upload without an image');
  const title = `Title ${seed}`;
  const patch = { method: 'PATCH', body: JSON.stringify({ title }), headers: { 'Content-Type': 'application/json' } };
  await acknowledged(() => me.call(`/images/${image.id}`, patch));
  return { id: image.id, blob: image.blob, title };
}

async function acknowledged<T>(attempt: () => Promise<Response>): Promise<T> {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await attempt().catch(() => undefined);
    if (answer?.ok) return (await answer.json()) as T;
    // Only a gateway that is down or starting may refuse.
    if (answer && answer.status !== 503) throw new Error(`received ${answer.status} ${await answer.text()}`);
    await sleep(50);
  }
  throw new Error('the gateway did not come back');
}

async function everyImage(me: Client): Promise<Map<string, { blob: string; title: string }>> {
  const found = new Map<string, { blob: string; title: string }>();
  for (let cursor: string | null = ''; cursor !== null;) {
    const query = cursor === '' ? '' : `&cursor=${cursor}`;
    const page: { items: { id: string; blob: string; title: string }[]; nextCursor: string | null } = await me.json(
      'GET',
      `/images?limit=200${query}`,
    );
    for (const { id, blob, title } of page.items) found.set(id, { blob, title });
    cursor = page.nextCursor;
  }
  return found;
}

/** What a crash left behind is listed by `vitrine verify`, and cleaned once it is old enough. */
function expectOnlyKnownBlobs(known: readonly Acknowledged[]): void {
  const hourAgo = Date.now() / 1000 - 7200;
  for (const path of files(join(home, 'blobs'))) utimesSync(path, hourAgo, hourAgo);
  verify('--clean');
  const left = new Set(files(join(home, 'blobs')).map((path) => path.slice(path.lastIndexOf('/') + 1)));
  for (const { blob } of known) expect(left.has(blob)).toBe(true);
  verify();
  expect(readFileSync(join(home, 'gateway.log'), 'utf8')).not.toContain('unexpected error');
}

/** Throws where it finds anything wrong. */
function verify(...more: string[]): string {
  const env = { ...process.env, VITRINE_DATA_DIR: home };
  return execFileSync('.venv/bin/vitrine', ['verify', ...more], { env, encoding: 'utf8' });
}

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
