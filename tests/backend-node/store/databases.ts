/** The databases every adapter test runs against. Each gives names to open: the same name twice is the same data. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { openMongo } from '../../../backend-node/src/store/mongo.ts';
import { openSqlite } from '../../../backend-node/src/store/sqlite.ts';
import type { Store } from '../../../backend-node/src/store/store.ts';

export interface Database {
  readonly title: string;
  /** Why it cannot run here; undefined where it can. */
  readonly missing: string | undefined;
  /** nx-27017 takes text that looks like a time for a time and compares it by the second; MongoDB does not. */
  readonly timesAreText: boolean;
  start(): Promise<void>;
  open(name: string): Store;
  stop(): Promise<void>;
}

const folder = (): string => mkdtempSync(join(tmpdir(), 'vitrine-store-'));

export function sqlite(): Database {
  const home = folder();
  return {
    title: 'SQLite',
    missing: undefined,
    timesAreText: true,
    start: () => Promise.resolve(),
    open: (name) => openSqlite(join(home, `${name}.db`)),
    stop: async () => {
      await rm(home, { recursive: true });
    },
  };
}

const COMMAND = resolve(process.env['NX_27017'] ?? '.venv/bin/nx-27017');

/** A server that speaks MongoDB's wire protocol, from PyPI; it can go and come again with its data. */
export class WireServer {
  readonly #home = folder();
  readonly #port: number;
  #process: ChildProcess | undefined;

  static readonly missing = existsSync(COMMAND) ? undefined : 'nx-27017 is not installed: run make test once';

  private constructor(port: number) {
    this.#port = port;
  }

  static async prepare(): Promise<WireServer> {
    return new WireServer(await freePort());
  }

  uri(name: string): string {
    return `mongodb://127.0.0.1:${this.#port}/${name}`;
  }

  async start(): Promise<void> {
    const files = [
      '--data-dir',
      this.#home,
      '--log-file',
      join(this.#home, 'log'),
      '--pid-file',
      join(this.#home, 'pid'),
    ];
    rmSync(join(this.#home, 'pid'), { force: true });
    this.#process = spawn(COMMAND, ['--port', String(this.#port), ...files], { stdio: 'ignore' });
    for (let tries = 0; tries < 200 && !(await answers(this.#port)); tries += 1) await wait(50);
  }

  /** As a crash does. */
  async kill(): Promise<void> {
    const gone = this.#process?.exitCode === null ? once(this.#process, 'exit') : undefined;
    this.#process?.kill('SIGKILL');
    await gone;
  }

  /** It takes connections, and answers nobody. */
  pause(): void {
    this.#process?.kill('SIGSTOP');
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.#home, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

function answers(port: number): Promise<boolean> {
  const { promise, resolve: tell } = Promise.withResolvers<boolean>();
  const socket = connect(port, '127.0.0.1');
  socket.once('connect', () => tell(true)).once('error', () => tell(false));
  return promise.finally(() => socket.destroy());
}

/** Both ways to write: in order as servers without transactions need it, and within a transaction. */
export function overTheWire(transactions: boolean): Database {
  let server: WireServer | undefined;
  return {
    title: `MongoDB's wire protocol (${transactions ? 'transactions' : 'in order'})`,
    missing: WireServer.missing,
    timesAreText: false,
    async start() {
      server = await WireServer.prepare();
      await server.start();
    },
    open: (name) => openMongo(server?.uri(name) ?? '', { transactions }),
    stop: async () => server?.end(),
  };
}

/** A real server, in databases that are dropped again. */
export function realServer(): Database {
  const given = process.env['MONGODB_URI'] ?? '';
  const run = `vitrine_test_${process.pid}_`;
  const names = new Set<string>();
  const uri = (name: string): string => {
    const url = new URL(given);
    url.pathname = `/${run}${name}`;
    return url.href;
  };
  return {
    title: 'MongoDB',
    missing: given === '' ? 'MONGODB_URI is not set' : undefined,
    timesAreText: true,
    start: () => Promise.resolve(),
    open(name) {
      names.add(name);
      return openMongo(uri(name));
    },
    async stop() {
      const client = new MongoClient(given);
      for (const name of names) await client.db(run + name).dropDatabase();
      await client.close();
    },
  };
}
