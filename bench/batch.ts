/** A batch of 1,000 photos on this machine: as fast as `vitrine process`, what it costs on top, memory, and two workers against one. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { cpuOf, familyOf, rssMb } from './processes.ts';
import { finish, jpegs, rounded, startServices, upload, type Services } from './services.ts';

const PHOTOS = Number(process.env['PHOTOS'] ?? 1000);
/** The first of them, by `vitrine process`. */
const SAME = Math.min(PHOTOS, Number(process.env['SAME'] ?? 375));
/** The first of them, by one worker. */
const SINGLE = Math.min(PHOTOS, Number(process.env['SINGLE'] ?? 200));
/** Until here memory may still find its level. */
const SETTLED = Math.min(200, Math.floor(PHOTOS / 2));
const PRESET = process.env['PRESET'] ?? 'catalog-white';
const ASKED = { to_process: 0.95, overhead: 0.03, memory_growth: 1.1, two_to_one: 1.8 };
const LOOK_MS = 500;

const run = promisify(execFile);

interface Batch {
  readonly id: string;
  readonly state: string;
  readonly counts: { readonly done: number; readonly failed: number };
}

interface Seen {
  readonly at_s: number;
  readonly over: number;
  /** By pid. */
  readonly memory_mb: ReadonlyMap<number, number>;
}

interface Course {
  readonly batch: Batch;
  readonly seen: readonly Seen[];
  readonly start_s: number;
  readonly cpu_s: { readonly total: number; readonly besides: number };
}

async function uploadAll(services: Services, folder: string, most: number): Promise<void> {
  for (const name of readdirSync(folder).sort().slice(0, most)) await upload(services, join(folder, name));
}

async function get<T>(services: Services, path: string): Promise<T> {
  return (await (await fetch(`${services.url}${path}`, { headers: services.headers })).json()) as T;
}

async function begin(services: Services, wish: object): Promise<Batch> {
  const headers = { ...services.headers, 'Content-Type': 'application/json' };
  const answer = await fetch(`${services.url}/batches`, { method: 'POST', headers, body: JSON.stringify(wish) });
  return (await answer.json()) as Batch;
}

/** The workers start with the first chunk, and then stay: that is told, but not part of the pace. Seconds. */
async function warmed(services: Services): Promise<number> {
  const started = performance.now();
  const { items } = await get<{ items: readonly { id: string }[] }>(services, '/images?limit=2');
  let batch = await begin(services, { ids: items.map(({ id }) => id), preset: 'optimize', current: false });
  while (batch.state === 'running') {
    await sleep(LOOK_MS);
    batch = await get<Batch>(services, `/batches/${batch.id}`);
  }
  return (performance.now() - started) / 1000;
}

/** Everything in the gallery through the preset. */
async function course(services: Services): Promise<Course> {
  const start_s = await warmed(services);
  const parts = () => {
    const service = familyOf(services.service.child.pid);
    const gateway = familyOf(services.gateway.pid);
    // The workers are the grandchildren: what the service itself does for a batch is to hand out and to listen.
    const main = service.slice(0, 2);
    return { service, gateway, besides: [...gateway, ...main] };
  };
  const before = parts();
  const cpuBefore = cpuOf(before.besides);
  const allBefore = cpuOf([...before.service, ...before.gateway]);
  const started = performance.now();
  let batch = await begin(services, { filter: {}, preset: PRESET });
  const seen: Seen[] = [];
  while (batch.state === 'running') {
    await sleep(LOOK_MS);
    batch = await get<Batch>(services, `/batches/${batch.id}`);
    const { service, gateway } = parts();
    const memory_mb = new Map([...service, ...gateway].map((pid) => [pid, rssMb(pid)]));
    const at_s = (performance.now() - started) / 1000;
    seen.push({ at_s, over: batch.counts.done + batch.counts.failed, memory_mb });
  }
  const after = parts();
  const besides = cpuOf(after.besides) - cpuBefore;
  return { batch, seen, start_s, cpu_s: { besides, total: cpuOf([...after.service, ...after.gateway]) - allBefore } };
}

/** Seconds until so many were over. */
const secondsTo = ({ seen }: Course, over: number): number => seen.find((one) => one.over >= over)?.at_s ?? NaN;

/** The most that any process grew by, once settled. Those that came or went since are others. */
function memoryGrowth({ seen }: Course): number {
  const settled = seen.find(({ over }) => over >= SETTLED)?.memory_mb ?? new Map<number, number>();
  const last = seen.at(-1)?.memory_mb ?? new Map<number, number>();
  const grown = [...settled].flatMap(([pid, mb]) => (last.has(pid) && mb > 50 ? [(last.get(pid) ?? 0) / mb] : []));
  return Math.max(...grown);
}

const folder = mkdtempSync(join(tmpdir(), 'vitrine-photos-'));
await jpegs('prepare', folder, String(PHOTOS));
const say = (text: string) => process.stderr.write(`${text}\n`);

say(`${PHOTOS} photos, two workers`);
const two = await startServices({ VITRINE_WORKERS: '2' });
await uploadAll(two, folder, PHOTOS);
const double = await course(two);
await two.stop();

say(`${SAME} of them by vitrine process`);
const some = join(folder, 'some');
mkdirSync(some);
for (const name of readdirSync(folder).sort().slice(0, SAME)) symlinkSync(join(folder, name), join(some, name));
const out = mkdtempSync(join(tmpdir(), 'vitrine-out-'));
const started = performance.now();
const words = ['process', some, '--preset', PRESET, '--workers', '2', '--out', out];
await run('.venv/bin/vitrine', words, { maxBuffer: 1e8 }).catch((error: unknown) => {
  // Some pictures may fail, in both.
  if (!(error instanceof Error && 'code' in error && error.code === 2)) throw error;
});
const process_s = (performance.now() - started) / 1000;

say(`${SINGLE} of them by one worker`);
const one = await startServices({ VITRINE_WORKERS: '1' });
await uploadAll(one, folder, SINGLE);
const single = await course(one);
await one.stop();
for (const each of [folder, out]) rmSync(each, { recursive: true, force: true });

const figures = {
  photos: PHOTOS,
  preset: PRESET,
  done: double.batch.counts.done,
  failed: double.batch.counts.failed,
  workers_start_s: rounded(double.start_s),
  pictures_per_s: rounded(PHOTOS / secondsTo(double, PHOTOS)),
  process_pictures_per_s: rounded(SAME / process_s),
  to_process: rounded(process_s / secondsTo(double, SAME)),
  overhead: rounded(double.cpu_s.besides / double.cpu_s.total, 3),
  memory_growth: rounded(memoryGrowth(double)),
  memory_mb: rounded(
    Math.max(...double.seen.map(({ memory_mb }) => [...memory_mb.values()].reduce((a, b) => a + b, 0))),
    0,
  ),
  two_to_one: rounded(secondsTo(single, SINGLE) / secondsTo(double, SINGLE)),
};
const ok =
  figures.to_process >= ASKED.to_process &&
  figures.overhead <= ASKED.overhead &&
  figures.memory_growth <= ASKED.memory_growth &&
  figures.two_to_one >= ASKED.two_to_one;
finish('batch', ok, figures, ASKED);
