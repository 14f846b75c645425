/** What is struck, one case after the other, and how. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Batch } from './batch.ts';
import type { Caller } from './caller.ts';
import { killNow } from './processes.ts';
import type { Place } from './places.ts';
import type { Studio } from './studio.ts';

export interface Case {
  readonly name: string;
  readonly place: Place;
  readonly struck: string;
  /** Resolves once nothing is struck any more. What was seen meanwhile, in words. */
  strike(studio: Studio, batch: Batch, note: () => void): Promise<string>;
}

const BACK_AFTER_MS = 2000;
const STOPPED_MS = 20_000;
const FULL_MS = 10_000;
/** What is left on a disk that is about to be full. */
const LAST_BYTES = 300_000;
const CHANGES = 300;

const worker: Case = {
  name: 'worker',
  place: 'local',
  struck: 'kill -9 of a Dask worker, twice',
  strike: async (studio, batch, note) => {
    for (const share of [0.25, 0.5]) {
      await batch.reached(share);
      const [pid] = await studio.workers();
      note();
      killNow([pid ?? 0]);
    }
    return '';
  },
};

const service: Case = {
  name: 'pyservice',
  place: 'local',
  struck: 'kill -9 of pyservice; started again after 2 s',
  strike: async (studio, batch, note) => {
    await batch.reached(0.25);
    note();
    studio.killService();
    await studio.serviceBack();
    return '';
  },
};

const gateway: Case = {
  name: 'gateway',
  place: 'local',
  struck: 'kill -9 of the gateway, twice; started again after 2 s',
  strike: async (studio, batch, note) => {
    for (const share of [0.25, 0.5]) {
      await batch.reached(share);
      note();
      await studio.killGateway();
      await studio.gatewayBack();
    }
    return '';
  },
};

const scheduler: Case = {
  name: 'scheduler',
  place: 'remote',
  struck: 'kill -9 of the Dask scheduler; started again after 2 s',
  strike: async ({ place }, batch, note) => {
    await batch.reached(0.25);
    note();
    await place.scheduler?.end('SIGKILL');
    await sleep(BACK_AFTER_MS);
    place.scheduler?.start();
    return '';
  },
};

const machine: Case = {
  name: 'machine',
  place: 'remote',
  struck: 'kill -9 of `vitrine worker`, the only machine of workers; started again after 2 s',
  strike: async ({ place }, batch, note) => {
    await batch.reached(0.25);
    note();
    await place.workers?.end('SIGKILL');
    await sleep(BACK_AFTER_MS);
    place.workers?.start();
    return '';
  },
};

const disk: Case = {
  name: 'disk',
  place: 'small-disk',
  struck: 'the disk is full, for blobs and for SQLite; room again 10 s after the batch says so',
  strike: async ({ place, caller }, batch, note) => {
    await batch.reached(0.25);
    place.shrink?.(LAST_BYTES);
    const code = await batch.trouble();
    note();
    // Not a page more, for the database either.
    place.shrink?.(0);
    await sleep(FULL_MS);
    const { status } = await caller.once('/images?limit=1');
    const changed = await changes(caller);
    place.grow?.();
    return `batch says ${code}, gallery answers ${status}, changes ${changed}`;
  },
};

/** What changes are answered with, the last of some: the database takes a while to need room. */
async function changes(caller: Caller): Promise<string> {
  const headers = { 'Content-Type': 'application/json' };
  const description = 'a shelf '.repeat(100);
  for (let at = 1; at <= CHANGES; at += 1) {
    const body = JSON.stringify({ name: `Album ${at}`, description });
    const answer = await caller.once('/albums', { method: 'POST', headers, body });
    if (!answer.ok) return `${answer.status} ${((await answer.json()) as { code: string }).code}`;
  }
  return 'go on';
}

const database: Case = {
  name: 'mongo',
  place: 'mongo',
  struck: 'the database stands still for 20 s (SIGSTOP), then kill -9; started again after 2 s',
  strike: async ({ place, caller }, batch, note) => {
    await batch.reached(0.25);
    note();
    place.database?.pause();
    await sleep(STOPPED_MS);
    await place.database?.kill();
    const { status } = await caller.once('/images?limit=1');
    await sleep(BACK_AFTER_MS);
    await place.database?.start();
    return `gallery answers ${status}`;
  },
};

const twoGateways: Case = {
  name: 'two-gateways',
  place: 'mongo',
  struck: 'kill -9 of one of two gateways on one database; it stays away',
  strike: async (studio, batch, note) => {
    await studio.addGateway();
    await batch.reached(0.4);
    const { counts } = await batch.now();
    note();
    await studio.loseGateway();
    return `${counts.running} pictures were under way at the two`;
  },
};

export const CASES: readonly Case[] = [worker, service, gateway, scheduler, machine, disk, database, twoGateways];
