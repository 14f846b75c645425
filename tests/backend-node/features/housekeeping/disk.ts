import { readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { Studio } from '../../studio.ts';

const HOUR_MS = 3_600_000;

/** Every blob of a pyservice, by its id; and the records about them, by their path. */
export function onDisk(data_dir: string): { readonly blobs: ReadonlySet<string>; readonly records: readonly string[] } {
  const files = readdirSync(data_dir, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(data_dir, path)).isFile(),
  );
  const names = files.map((path) => path.split('/').at(-1) ?? '');
  return {
    blobs: new Set(names.filter((name) => /^[0-9a-f]{64}$/.test(name))),
    records: files.filter((path) => /[0-9a-f]{64}-[^/]*\.json$/.test(path)),
  };
}

/** As if everything there is had been written, and let go of, an hour earlier. */
export async function anHourLater(studio: Studio, data_dir: string): Promise<void> {
  const earlier = new Date(Date.now() - HOUR_MS);
  for (const path of readdirSync(data_dir, { recursive: true, encoding: 'utf8' })) {
    if (/[0-9a-f]{64}/.test(path)) utimesSync(join(data_dir, path), earlier, earlier);
  }
  const { store } = studio.parts;
  for await (const row of store.all('released')) {
    await store.write([{ update: 'released', row: { ...row, released_at: earlier.toISOString() } }]);
  }
}
