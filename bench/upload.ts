/** JPEGs through gateway and processing service to the disk, against a copy of them with a checksum and a thumbnail. */
import { mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finish, jpegs, rounded, startServices, upload, type Services } from './services.ts';

const FILES = Number(process.env['FILES'] ?? 500);
const IN_FLIGHT = 8;
const WARM_UP = 10;
const ASKED = { ratio: 3 };

/** Seconds. */
async function uploadAll(services: Services, paths: readonly string[]): Promise<number> {
  const left = paths.values();
  const started = performance.now();
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, async () => {
      for (const path of left) await upload(services, path);
    }),
  );
  return (performance.now() - started) / 1000;
}

const copied = async (folder: string): Promise<number> => (await jpegs<{ seconds: number }>('copy', folder)).seconds;

async function measured(services: Services, folder: string, warm: string) {
  const paths = readdirSync(folder).map((name) => join(folder, name));
  await uploadAll(
    services,
    readdirSync(warm).map((name) => join(warm, name)),
  );
  const before_s = await copied(folder);
  const upload_s = await uploadAll(services, paths);
  const after_s = await copied(folder);
  const copy_s = (before_s + after_s) / 2;
  const bytes = paths.reduce((sum, path) => sum + statSync(path).size, 0);
  return {
    files: paths.length,
    megabytes: rounded(bytes / 1e6, 1),
    upload_s: rounded(upload_s),
    copy_s: rounded(copy_s),
    files_per_s: rounded(paths.length / upload_s, 1),
    ratio: rounded(upload_s / copy_s),
  };
}

const folder = mkdtempSync(join(tmpdir(), 'vitrine-jpegs-'));
const warm = mkdtempSync(join(tmpdir(), 'vitrine-jpegs-'));
const services = await startServices();
try {
  await jpegs('prepare', folder, String(FILES + WARM_UP));
  for (const name of readdirSync(folder).slice(-WARM_UP)) renameSync(join(folder, name), join(warm, name));
  const figures = await measured(services, folder, warm);
  finish('upload', figures.ratio <= ASKED.ratio, figures, ASKED);
} finally {
  await services.stop();
  for (const made of [folder, warm]) rmSync(made, { recursive: true, force: true });
}
