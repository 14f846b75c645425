/** Starts the real processing service once for all test files. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    pyservice: { url: string; secret: string; data_dir: string };
  }
}

export interface RunningService {
  readonly url: string;
  readonly port: number;
  readonly data_dir: string;
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

const BOOT_MS = 90_000;

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Resolves once it can work. */
export async function startPyservice(
  data_dir: string,
  port?: number,
  environment: Readonly<Record<string, string>> = {},
  command: readonly [string, ...string[]] = ['.venv/bin/vitrine', 'serve'],
): Promise<RunningService> {
  const chosen = port ?? (await freePort());
  const [program, ...words] = command;
  const child = spawn(program, words, {
    env: {
      ...process.env,
      VITRINE_DATA_DIR: data_dir,
      VITRINE_PORT: String(chosen),
      VITRINE_QUEUE: '32',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(join(data_dir, 'pyservice.log'), { flags: 'a' });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const url = `http://127.0.0.1:${chosen}`;
  await answering(`${url}/readyz`, child);
  return { url, port: chosen, data_dir, child, stop: () => ended(child) };
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  const latest = Date.now() + BOOT_MS;
  while (Date.now() < latest && child.exitCode === null) {
    const ready = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await sleep(100);
  }
  child.kill('SIGKILL');
  throw new Error(`Expected ${url} to answer, see pyservice.log; have \`make setup models\` been run?`);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const data_dir = mkdtempSync(join(tmpdir(), 'vitrine-test-'));
  const service = await startPyservice(data_dir);
  const secret = readFileSync(join(data_dir, 'service.secret'), 'utf8').trim();
  project.provide('pyservice', { url: service.url, secret, data_dir });
  return async () => {
    await service.stop();
    rmSync(data_dir, { recursive: true, force: true });
  };
}
