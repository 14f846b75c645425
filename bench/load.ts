/** Fifty connections on the list and on thumbs: errors, memory, and thumbs a second against a bare Express sendFile. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon, { type Result } from 'autocannon';
import { finish, jpegs, rounded, startServices, upload, type Services } from './services.ts';

const IMAGES = 100;
const CONNECTIONS = 50;
const SECONDS = Number(process.env['SECONDS'] ?? 20);
const WARM_UP_S = 6;
/** Until memory has found its level: the heap grows in steps at first. */
const WARM_UPS = 2;
/** Thumbs are measured in turns with Express, so that a busy moment hits both. */
const TURNS = 4;
const ASKED = { errors: 0, thumbs_ratio: 0.5, memory_growth: 1.1 };

interface Load {
  readonly requests: number;
  readonly errors: number;
  readonly seconds: number;
  readonly p99_ms: number;
}

async function load(
  url: string,
  paths: readonly string[],
  headers: Record<string, string>,
  seconds: number,
): Promise<Load> {
  const result: Result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    headers,
    requests: paths.map((path) => ({ method: 'GET' as const, path })),
  });
  const wrong = result.errors + result.timeouts + result.non2xx;
  return { requests: result['2xx'], errors: wrong, seconds: result.duration, p99_ms: result.latency.p99 };
}

const perSecond = (loads: readonly Load[]): number =>
  loads.reduce((sum, one) => sum + one.requests, 0) / loads.reduce((sum, one) => sum + one.seconds, 0);
const errorsOf = (loads: readonly Load[]): number => loads.reduce((sum, one) => sum + one.errors, 0);
const worst = (loads: readonly Load[]): number => Math.max(...loads.map((one) => one.p99_ms));

function memoryOf(pid: number | undefined): number {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

async function startExpress(folder: string): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, ['bench/bare-express.ts', folder], {
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: `http://127.0.0.1:${port.toString().trim()}`, child };
}

/** The thumbs of the images, as the gateway sends them, in a folder. */
async function saveThumbs({ url, headers }: Services, ids: readonly string[], folder: string): Promise<void> {
  for (const id of ids) {
    const answer = await fetch(`${url}/images/${id}/file?variant=thumb`, { headers });
    writeFileSync(join(folder, `${id}.jpg`), Buffer.from(await answer.arrayBuffer()));
  }
}

async function measured(services: Services, express: string, ids: readonly string[]) {
  const { gateway } = services;
  const list = (seconds: number) => load(gateway.url, ['/api/v1/images?limit=50'], { ...services.headers }, seconds);
  const thumbPaths = ids.map((id) => `/api/v1/images/${id}/file?variant=thumb`);
  // As a browser asks for <img>: by its cookie.
  const thumbs = (seconds: number) => load(gateway.url, thumbPaths, { Cookie: services.cookies }, seconds);
  const bare = (seconds: number) =>
    load(
      express,
      ids.map((id) => `/${id}.jpg`),
      {},
      seconds,
    );

  for (let round = 0; round < WARM_UPS; round += 1) {
    for (const warm of [list, thumbs, bare]) await warm(WARM_UP_S);
  }
  const before_mb = memoryOf(gateway.pid);
  const lists = [await list(SECONDS)];
  const ours: Load[] = [];
  const theirs: Load[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    ours.push(await thumbs(SECONDS / TURNS));
    theirs.push(await bare(SECONDS / TURNS));
  }
  const after_mb = memoryOf(gateway.pid);
  return {
    lists_per_s: rounded(perSecond(lists), 0),
    list_p99_ms: worst(lists),
    thumbs_per_s: rounded(perSecond(ours), 0),
    thumb_p99_ms: worst(ours),
    express_per_s: rounded(perSecond(theirs), 0),
    thumbs_ratio: rounded(perSecond(ours) / perSecond(theirs)),
    errors: errorsOf([...lists, ...ours]),
    memory_before_mb: rounded(before_mb, 0),
    memory_after_mb: rounded(after_mb, 0),
    memory_growth: rounded(after_mb / before_mb),
  };
}

const home = mkdtempSync(join(tmpdir(), 'vitrine-load-'));
const [photos, thumbs] = [join(home, 'photos'), join(home, 'thumbs')];
mkdirSync(photos);
mkdirSync(thumbs);
const services = await startServices();
const express = await startExpress(thumbs);
try {
  await jpegs('prepare', photos, String(IMAGES));
  const ids: string[] = [];
  for (const name of readdirSync(photos)) ids.push(await upload(services, join(photos, name)));
  await saveThumbs(services, ids, thumbs);
  const figures = await measured(services, express.url, ids);
  const ok =
    figures.errors === ASKED.errors &&
    figures.thumbs_ratio >= ASKED.thumbs_ratio &&
    figures.memory_growth <= ASKED.memory_growth;
  finish('load', ok, figures, ASKED);
} finally {
  express.child.kill();
  await services.stop();
  rmSync(home, { recursive: true, force: true });
}
