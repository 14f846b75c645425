/** Where studios live: on this machine alone, with workers elsewhere, on a small disk, on a database of its own. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../backend-node/pyservice.ts';
import { WireServer } from '../backend-node/store/databases.ts';
import { Program } from './processes.ts';
import { WORKERS, type StudioPlace } from './studio.ts';

export type Place = 'local' | 'remote' | 'small-disk' | 'mongo';

const ROOMY_BYTES = 6_000_000_000;

/** Why there can be no such place here; undefined where there can. */
export function missing(place: Place): string | undefined {
  if (place === 'mongo') return WireServer.missing;
  if (place !== 'small-disk') return undefined;
  return process.platform === 'linux' && process.getuid?.() === 0 ? undefined : 'needs root on Linux, to mount a tmpfs';
}

export const PLACES: Readonly<Record<Place, (home: string) => Promise<StudioPlace>>> = {
  local: (home) => Promise.resolve(under(home)),
  remote: async (home) => {
    const place = under(home);
    const port = String(await freePort());
    const address = `tcp://127.0.0.1:${port}`;
    const own = { VITRINE_DATA_DIR: place.data_dir, VITRINE_WORKERS: String(WORKERS) };
    const words = ['--no-dashboard', '--host', '127.0.0.1', '--port', port] as const;
    const scheduler = new Program(['.venv/bin/dask', 'scheduler', ...words], own, join(place.logs, 'scheduler.log'));
    const workers = new Program(['.venv/bin/vitrine', 'worker', address], own, join(place.logs, 'worker.log'));
    scheduler.start();
    workers.start();
    return { ...place, scheduler, workers, environment: { DASK_SCHEDULER_ADDRESS: address } };
  },
  'small-disk': (home) => {
    const place = under(home);
    mount(place.data_dir, `size=${ROOMY_BYTES},mode=700`);
    return Promise.resolve({
      ...place,
      shrink: (left_bytes: number) => mount(place.data_dir, `remount,size=${used(place.data_dir) + left_bytes}`),
      grow: () => mount(place.data_dir, `remount,size=${ROOMY_BYTES}`),
      leave: () => execFileSync('umount', ['-l', place.data_dir]),
    });
  },
  mongo: async (home) => {
    const database = await WireServer.prepare();
    await database.start();
    return { ...under(home), database, environment: { MONGODB_URI: database.uri('chaos') } };
  },
};

function under(home: string): StudioPlace {
  const place = { data_dir: join(home, 'data'), logs: join(home, 'logs') };
  for (const folder of Object.values(place)) mkdirSync(folder, { recursive: true, mode: 0o700 });
  return place;
}

const mount = (folder: string, options: string): void => {
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
};

function used(folder: string): number {
  const { blocks, bfree, bsize } = statfsSync(folder);
  return (blocks - bfree) * bsize;
}
