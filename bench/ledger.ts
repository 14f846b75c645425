/** What a batch costs by itself: 50,000 pictures that nothing is done with, through gateway, HTTP, Dask and back. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSqlite } from '../backend-node/src/store/sqlite.ts';
import type { ImageRow } from '../backend-node/src/store/rows.ts';
import { wordsOf } from '../backend-node/src/store/words.ts';
import { GatewayProcess } from '../tests/backend-node/gateway-process.ts';
import { startPyservice } from '../tests/backend-node/pyservice.ts';
import { familyOf, rssMb, cpuOf } from './processes.ts';
import { finish, rounded } from './services.ts';

const ITEMS = Number(process.env['ITEMS'] ?? 50_000);
const ASKED = { items_per_s: 1000, most_events_per_s: 5 };
const LOT = 500;
const LOGIN = { email: 'bench@example.com', password: 'a photo of a mug on a table' };

interface Batch {
  readonly id: string;
  readonly state: string;
  readonly counts: Readonly<Record<'waiting' | 'running' | 'done' | 'failed', number>>;
}

const image = (owner: string, at: number): Omit<ImageRow, 'revision'> => {
  const blob = at.toString(16).padStart(64, '0');
  const name = `picture-${String(at)}.jpg`;
  return {
    id: `01J${String(at).padStart(23, '0')}`,
    owner,
    blob,
    thumb: blob,
    thumbhash: '',
    blobs: [blob],
    name,
    title: '',
    sku: `SKU-${String(at >> 2)}`,
    product_group: '',
    tags: [],
    objects: [],
    words: wordsOf(name),
    albums: [],
    state: 'active',
    review_state: 'original',
    score: -1,
    uploaded_at: new Date(1_700_000_000_000 + at * 1000).toISOString(),
    trashed_at: '',
    format: 'jpeg',
    bytes: 300_000,
    width: 4000,
    height: 3000,
    shown: { width: 4000, height: 3000, thumbhash: '' },
    facts: { mime: 'image/jpeg' },
    current_version: '',
    versions: 0,
  };
};

async function fill(path: string, owner: string): Promise<void> {
  const store = openSqlite(path);
  for (let at = 0; at < ITEMS; at += LOT) {
    const lot = Array.from({ length: Math.min(LOT, ITEMS - at) }, (_, place) => image(owner, at + place));
    await store.write(lot.map((row) => ({ insert: 'images', row }) as const));
  }
  await store.close();
}

/** When each progress event came, until the signal. */
async function watch(url: string, headers: Record<string, string>, signal: AbortSignal): Promise<number[]> {
  const times: number[] = [];
  try {
    const answer = await fetch(`${url}/api/v1/events`, { headers, signal });
    const decoder = new TextDecoder();
    for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
      const events = decoder.decode(chunk, { stream: true }).match(/^event: batch\.progressed$/gm) ?? [];
      times.push(...events.map(() => performance.now()));
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return times;
}

/** The most within any second. */
const mostWithin = (times: readonly number[], ms: number): number =>
  Math.max(0, ...times.map((start) => times.filter((time) => time >= start && time < start + ms).length));

const data_dir = mkdtempSync(join(tmpdir(), 'vitrine-ledger-'));
const service = await startPyservice(data_dir, undefined, {}, ['.venv/bin/python', '-m', 'bench.no_op_service']);
let gateway = await GatewayProcess.start({ data_dir, service_url: service.url });
const json = { 'Content-Type': 'application/json' };
const post = (path: string, body: object, headers = {}): Promise<Response> =>
  fetch(`${gateway.url}/api/v1${path}`, {
    method: 'POST',
    headers: { ...json, ...headers },
    body: JSON.stringify(body),
  });
const registered = (await (await post('/auth/register', { ...LOGIN, name: 'Bench' })).json()) as {
  access_token: string;
  user: { id: string };
};
await gateway.stop();
await fill(join(data_dir, 'metadata.sqlite'), registered.user.id);
gateway = await GatewayProcess.start({ data_dir, service_url: service.url });
const { access_token } = (await (await post('/auth/login', LOGIN)).json()) as { access_token: string };
const headers = { Authorization: `Bearer ${access_token}` };
const ending = new AbortController();
const watching = watch(gateway.url, headers, ending.signal);
const recipe = { steps: [], output: { format: 'jpeg' } };
// The workers start with the first chunk: that is not what is measured.
const warm = (await (
  await post('/batches', { ids: [image('', 0).id], recipe, current: false }, headers)
).json()) as Batch;
const get = async (id: string): Promise<Batch> =>
  (await (await fetch(`${gateway.url}/api/v1/batches/${id}`, { headers })).json()) as Batch;
while ((await get(warm.id)).state === 'running') await sleep(100);

const before = [cpuOf(familyOf(gateway.pid)), cpuOf(familyOf(service.child.pid))] as const;
const asked = performance.now();
const begun = (await (await post('/batches', { filter: {}, recipe }, headers)).json()) as Batch;
const listed = performance.now();
let batch = begun;
while (batch.state === 'running') {
  await sleep(250);
  batch = await get(begun.id);
}
const ended = performance.now();
const cpu = [cpuOf(familyOf(gateway.pid)) - before[0], cpuOf(familyOf(service.child.pid)) - before[1]] as const;
ending.abort();
const times = (await watching).filter((time) => time > listed);
const figures = {
  items: batch.counts.done,
  failed: batch.counts.failed,
  items_per_s: rounded(ITEMS / ((ended - asked) / 1000), 0),
  listing_s: rounded((listed - asked) / 1000),
  seconds: rounded((ended - asked) / 1000),
  events: times.length,
  most_events_per_s: mostWithin(times, 1000),
  gateway_cpu_ms_per_item: rounded((cpu[0] / ITEMS) * 1000, 3),
  service_cpu_ms_per_item: rounded((cpu[1] / ITEMS) * 1000, 3),
  gateway_mb: rounded(rssMb(gateway.pid), 0),
};
await gateway.stop();
await service.stop();
rmSync(data_dir, { recursive: true, force: true });
const ok =
  batch.state === 'done' &&
  batch.counts.done === ITEMS &&
  figures.items_per_s >= ASKED.items_per_s &&
  figures.most_events_per_s <= ASKED.most_events_per_s;
finish('ledger', ok, figures, ASKED);
