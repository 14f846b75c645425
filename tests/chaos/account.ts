/** What is true after a batch: every picture once, every file whole, whatever was killed meanwhile. */
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { BatchItem } from '../../backend-node/src/contract/batches.ts';
import type { Image } from '../../backend-node/src/contract/image.ts';
import type { Version } from '../../backend-node/src/contract/versions.ts';
import type { Batch } from './batch.ts';
import { eachOf } from './caller.ts';
import { leftOver } from './processes.ts';
import type { Studio } from './studio.ts';

const ASKED_AT_ONCE = 8;
/** So long processes may take to notice that who started them is gone. */
const MOST_LEFT_OVER_S = 60;
const MOST_TOLD = 5;
const run = promisify(execFile);

export interface Account {
  readonly done: number;
  readonly failed: number;
  /** Items that were begun more than once. */
  readonly again: number;
  readonly reasons: readonly string[];
  readonly wrong: readonly string[];
}

/** How many versions each picture has. */
export async function versionsOf({ caller }: Studio): Promise<ReadonlyMap<string, number>> {
  const images = await caller.every<Image>('/images');
  return new Map(images.map(({ id, versions }) => [id, versions]));
}

/** before: as versionsOf told it before the batch began. */
export async function account(studio: Studio, batch: Batch, before: ReadonlyMap<string, number>): Promise<Account> {
  const items = await batch.items();
  const done = items.filter(({ state }) => state === 'done');
  const failed = items.filter(({ state }) => state === 'failed');
  const shown = await batch.now();
  const { counts } = shown;
  const wrong = [
    ...differing('pictures in the batch', new Set(items.map(({ image }) => image)).size, before.size),
    ...differing('pictures in the gallery', (await versionsOf(studio)).size, before.size),
    ...differing('numbers of items', new Set(items.map(({ number }) => number)).size, batch.total),
    ...differing('items done or failed', done.length + failed.length, batch.total),
    ...differing('items counted as done', counts.done, done.length),
    ...differing('items counted as failed', counts.failed, failed.length),
    ...differing('items counted as unfinished', counts.waiting + counts.running, 0),
    ...differing('failed items that say why', failed.filter(({ problem }) => problem?.detail).length, failed.length),
    ...differing('rows of result.csv', await rowsOf(batch), batch.total),
    ...(await versionsWrong(studio, items, before)),
    ...(await blobsWrong(studio)),
    ...(await journalWrong(studio)),
    ...(await leftOverWrong(studio)),
  ];
  const reasons = [...new Set(failed.map(({ problem }) => problem?.code ?? ''))];
  const again = items.filter(({ attempts }) => attempts > 1).length;
  return { done: done.length, failed: failed.length, again, reasons, wrong: wrong.slice(0, MOST_TOLD) };
}

const differing = (what: string, found: number, expected: number): readonly string[] =>
  found === expected ? [] : [`${what}: expected ${expected}, found ${found}`];

/** Rows of other pictures than those above would be counted twice. */
async function rowsOf(batch: Batch): Promise<number> {
  const lines = (await batch.table()).trimEnd().split(/\r?\n/).slice(1);
  return new Set(lines.map((line) => line.split(',', 1)[0])).size === lines.length ? lines.length : NaN;
}

/** One more version of each picture that was done, none of the others; and each result opens. */
async function versionsWrong(
  { caller, place }: Studio,
  items: readonly BatchItem[],
  before: ReadonlyMap<string, number>,
): Promise<readonly string[]> {
  const blobs = new Set<string>();
  const wrong = await eachOf(items, ASKED_AT_ONCE, async (item) => {
    const image = await caller.json<Image>('GET', `/images/${item.image}`);
    const versions = await caller.every<Version>(`/images/${item.image}/versions`);
    const expected = (before.get(item.image) ?? 0) + (item.state === 'done' ? 1 : 0);
    const numbers = versions.map(({ number }) => number).toSorted((a, b) => a - b);
    const own = versions.find(({ id }) => id === item.version);
    for (const blob of [own?.blob, own?.mask_blob, own?.source_mask_blob]) if (blob) blobs.add(blob);
    return [
      ...differing(`versions of ${item.name}`, versions.length, expected),
      ...differing(`versions counted of ${item.name}`, image.versions, expected),
      ...(numbers.some((number, at) => number !== at + 1)
        ? [`numbers of versions of ${item.name}: ${numbers.join()}`]
        : []),
      ...(item.state === 'done' && own?.id !== image.current_version ? [`${item.name} does not show its result`] : []),
    ];
  });
  const broken = await opening(`${place.data_dir}/blobs`, [...blobs]);
  return [...wrong.flat(), ...Object.entries(broken).map(([blob, why]) => `${blob} does not open: ${why}`)];
}

/** Which of them do not decode whole. */
async function opening(folder: string, blobs: readonly string[]): Promise<Record<string, string>> {
  const looking = run('.venv/bin/python', ['-m', 'tests.chaos.pictures', 'check', folder]);
  looking.child.stdin?.end(blobs.join('\n'));
  return JSON.parse((await looking).stdout) as Record<string, string>;
}

interface Verified {
  readonly checked: number;
  readonly flipped: readonly string[];
  readonly missing: readonly string[];
  readonly stray: readonly string[];
  readonly unreferenced: readonly string[];
}

/** Reads every blob. Throws where it cannot look. */
export async function verified({ environment }: Studio, ...more: readonly string[]): Promise<readonly string[]> {
  const env = { ...process.env, ...environment };
  const told = await run('.venv/bin/vitrine', ['verify', '--json', ...more], { env, maxBuffer: 1e9 }).catch(
    (error: unknown) => error as { readonly stdout: string },
  );
  const found = JSON.parse(told.stdout) as Verified;
  return (['flipped', 'missing', 'stray', 'unreferenced'] as const).flatMap((what) =>
    found[what].map((blob) => `${what}: ${blob}`),
  );
}

const blobsWrong = (studio: Studio): Promise<readonly string[]> => verified(studio);

async function journalWrong({ caller }: Studio): Promise<readonly string[]> {
  const { broken_at } = await caller.json<{ broken_at: number | null }>('GET', '/audit/verify');
  return broken_at === null ? [] : [`the journal is broken at ${broken_at}`];
}

/** Those that belonged to something that was killed have to see that by themselves. */
async function leftOverWrong(studio: Studio): Promise<readonly string[]> {
  const mark = `VITRINE_DATA_DIR=${studio.place.data_dir}`;
  const latest = Date.now() + MOST_LEFT_OVER_S * 1000;
  let pids = leftOver(mark, studio.roots());
  for (; pids.length > 0 && Date.now() < latest; pids = leftOver(mark, studio.roots())) await sleep(500);
  return pids.map((pid) => `process ${pid} was left over`);
}
