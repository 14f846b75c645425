/** A studio of real processes, all of which may be killed: gateways, the processing service, what it works with. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Batch as Shown } from '../../backend-node/src/contract/batches.ts';
import { GatewayProcess } from '../backend-node/gateway-process.ts';
import { freePort, startPyservice, type RunningService } from '../backend-node/pyservice.ts';
import type { WireServer } from '../backend-node/store/databases.ts';
import { Batch } from './batch.ts';
import { Caller, eachOf } from './caller.ts';
import { killNow, serversOf, until, workersOf, type Program } from './processes.ts';

export const WORKERS = 2;
const UPLOADS_AT_ONCE = 4;
/** As the supervisor of `vitrine up` waits. */
const BACK_AFTER_MS = 2000;
/** Of the recipe: finding the product anew each time keeps results of one case from being those of another. */
const NETWORKS = (process.env['MODELS'] ?? 'u2netp,u2net,isnet,auto').split(',');

export interface StudioPlace {
  readonly data_dir: string;
  /** Not among what it writes: a full disk must not end those who watch. */
  readonly logs: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly database?: WireServer;
  readonly scheduler?: Program;
  readonly workers?: Program;
  /** So many bytes are left on its disk. */
  readonly shrink?: (left_bytes: number) => void;
  /** It has room again. */
  readonly grow?: () => void;
  /** Before its folder is removed. */
  readonly leave?: () => void;
}

export class Studio {
  readonly place: StudioPlace;
  readonly caller: Caller;
  readonly environment: Readonly<Record<string, string>>;
  readonly #port: number;
  #service: RunningService | undefined;
  #gateways: GatewayProcess[] = [];
  #begun = 0;

  private constructor(place: StudioPlace, port: number) {
    this.place = place;
    this.#port = port;
    this.environment = {
      ...place.environment,
      VITRINE_DATA_DIR: place.data_dir,
      VITRINE_WORKERS: String(WORKERS),
      VITRINE_ACCESS_TOKEN_S: '3600',
    };
    this.caller = new Caller(() => this.#gateways.map(({ url }) => url));
  }

  static async open(place: StudioPlace): Promise<Studio> {
    const studio = new Studio(place, await freePort());
    await studio.startService();
    await studio.addGateway();
    await studio.caller.register();
    return studio;
  }

  /** Photos of a folder, by name. */
  async upload(folder: string): Promise<void> {
    const headers = { 'Content-Type': 'application/octet-stream' };
    await eachOf(readdirSync(folder), UPLOADS_AT_ONCE, (name) =>
      this.caller.text(`/images?name=${name}`, { method: 'POST', headers, body: readFileSync(join(folder, name)) }),
    );
  }

  /** Everything in the gallery, by a recipe that no batch of this studio had. */
  async begin(name: string): Promise<Batch> {
    const model = NETWORKS[this.#begun % NETWORKS.length];
    this.#begun += 1;
    const overrides = { 'remove-background': { model }, output: { quality: 80 + this.#begun } };
    const wish = { filter: {}, preset: 'remove-background', name, overrides };
    return new Batch(this.caller, await this.caller.json<Shown>('POST', '/batches', wish));
  }

  async startService(): Promise<void> {
    this.#service = await startPyservice(this.place.logs, this.#port, this.environment);
  }

  /** All that answers requests; the workers are left to find out by themselves. */
  killService(): void {
    killNow(serversOf(this.#service?.child.pid ?? 0));
  }

  async serviceBack(): Promise<void> {
    await sleep(BACK_AFTER_MS);
    await this.startService();
  }

  /** Worker processes on this machine, once all are there. */
  workers(): Promise<readonly number[]> {
    const root = this.place.workers?.pid ?? this.#service?.child.pid ?? 0;
    return until('as many workers as were asked for', () => {
      const pids = workersOf(root);
      return pids.length >= WORKERS ? pids : undefined;
    });
  }

  async addGateway(): Promise<void> {
    const service_url = `http://127.0.0.1:${this.#port}`;
    const { logs } = this.place;
    this.#gateways.push(await GatewayProcess.start({ data_dir: logs, service_url, environment: this.environment }));
  }

  async killGateway(): Promise<void> {
    await this.#gateways[0]?.kill();
  }

  async gatewayBack(): Promise<void> {
    await sleep(BACK_AFTER_MS);
    await this.#gateways[0]?.start();
  }

  /** The first one, for good: another does what it did. */
  async loseGateway(): Promise<void> {
    await this.#gateways.shift()?.kill();
  }

  /** Processes whose children belong to it. */
  roots(): readonly number[] {
    const { workers, scheduler } = this.place;
    const pids = [this.#service?.child.pid, workers?.pid, scheduler?.pid, ...this.#gateways.map(({ pid }) => pid)];
    return pids.filter((pid) => pid !== undefined);
  }

  async stop(): Promise<void> {
    for (const gateway of this.#gateways) await gateway.stop();
    await this.#service?.stop();
    await this.place.workers?.end('SIGTERM');
    await this.place.scheduler?.end('SIGTERM');
  }

  async remove(): Promise<void> {
    this.place.leave?.();
    rmSync(this.place.data_dir, { recursive: true, force: true });
    rmSync(this.place.logs, { recursive: true, force: true });
    await this.place.database?.end();
  }
}
