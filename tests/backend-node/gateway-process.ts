/** The gateway as a process of its own, as users run it: it can be killed and started again on the same data. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './pyservice.ts';

const BOOT_MS = 30_000;

export interface GatewayOptions {
  readonly data_dir: string;
  readonly service_url: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export class GatewayProcess {
  readonly url: string;
  readonly #options: GatewayOptions;
  readonly #port: number;
  #child: ChildProcess | undefined;

  private constructor(options: GatewayOptions, port: number) {
    this.#options = options;
    this.#port = port;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(options: GatewayOptions): Promise<GatewayProcess> {
    const gateway = new GatewayProcess(options, await freePort());
    await gateway.start();
    return gateway;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Resolves once it listens. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['backend-node/src/server.ts'], {
      env: {
        ...process.env,
        VITRINE_DATA_DIR: this.#options.data_dir,
        VITRINE_SERVICE_URL: this.#options.service_url,
        VITRINE_GATEWAY_PORT: String(this.#port),
        VITRINE_RATE_LIMIT: '0',
        VITRINE_LOG_LEVEL: 'warning',
        ...this.#options.environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const log = createWriteStream(join(this.#options.data_dir, 'gateway.log'), { flags: 'a' });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    this.#child = child;
    await this.#listening(child);
  }

  /** As a crash does. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  async #listening(child: ChildProcess): Promise<void> {
    const latest = Date.now() + BOOT_MS;
    while (Date.now() < latest && child.exitCode === null) {
      const up = await fetch(`${this.url}/healthz`).then(
        (answer) => answer.ok,
        () => false,
      );
      if (up) return;
      await sleep(30);
    }
    throw new Error('Expected the gateway to listen, see gateway.log');
  }
}
