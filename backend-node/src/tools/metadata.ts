/**
 * All metadata out and in: `node metadata.ts export | import | count | references | released | holders`, where the
 * settings say.
 * Exit codes: 0 done, 1 failed, 3 there is no metadata yet.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { InvalidConfig, loadSettings, type Settings } from '../config.ts';
import { isProblem } from '../errors.ts';
import { COLLECTION_NAMES, HOLDING } from '../store/collections.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { checkDump, dumped, InvalidDump, rowsOf } from './dump.ts';
import { holders } from './holders.ts';
import { sqliteCopy, spooled } from './temporary.ts';

const FAILED = 1;
const NOTHING = 3;

type Verb = (settings: Settings) => Promise<number>;

const VERBS: Readonly<Record<string, Verb>> = {
  /** Everything there is, as at one moment; on MongoDB, as it passes by. */
  export: (settings) => reading(settings, dumped),
  /** How many rows there are. */
  count: (settings) => reading(settings, counted),
  /** Every blob that some row needs, one id a line, some more than once. */
  references: (settings) => reading(settings, references),
  /** Blobs that nothing needs any more and that housekeeping will remove. */
  released: (settings) => reading(settings, released),
  /** Blob ids come on standard input, one a line: what each of them is of, as NDJSON. */
  holders: (settings) => reading(settings, (store) => holders(store, process.stdin)),
  import: imported,
};

async function* counted(store: Store): AsyncGenerator<string> {
  let rows = 0;
  for (const collection of COLLECTION_NAMES) rows += await store.count(collection, {});
  yield `${rows}\n`;
}

async function* references(store: Store): AsyncGenerator<string> {
  for (const collection of HOLDING) {
    for await (const { blobs } of store.all(collection)) if (blobs.length > 0) yield `${blobs.join('\n')}\n`;
  }
}

async function* released(store: Store): AsyncGenerator<string> {
  for await (const { id } of store.all('released')) yield `${id}\n`;
}

/** Nothing is written to the database, nor is it made where there is none. */
async function reading(settings: Settings, told: (store: Store) => AsyncGenerator<string>): Promise<number> {
  const { mongodb_uri } = settings;
  const path = databaseOf(settings);
  if (mongodb_uri === '' && !existsSync(path)) return NOTHING;
  await using copy = mongodb_uri === '' ? await sqliteCopy(path) : undefined;
  const store = await openStore({ mongodb_uri, path: copy?.path ?? path });
  try {
    await pipeline(Readable.from(told(store)), process.stdout);
  } finally {
    await store.close();
  }
  return 0;
}

/** Replaces all metadata by what comes on standard input, once that is known to be whole. */
async function imported(settings: Settings): Promise<number> {
  await using spool = await spooled(process.stdin);
  const rows = await checkDump(spool.path);
  mkdirSync(settings.data_dir, { recursive: true, mode: 0o700 });
  const store = await openStore({ mongodb_uri: settings.mongodb_uri, path: databaseOf(settings) });
  try {
    await store.load(rowsOf(spool.path));
  } finally {
    await store.close();
  }
  process.stdout.write(`${rows}\n`);
  return 0;
}

const databaseOf = (settings: Settings): string => join(settings.data_dir, 'metadata.sqlite');

async function main(name = ''): Promise<number> {
  const verb = VERBS[name];
  if (!verb)
    throw new InvalidConfig(`Expected one of ${Object.keys(VERBS).join(', ')}, received ${JSON.stringify(name)}`);
  return verb(loadSettings());
}

main(process.argv[2]).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    const expected = error instanceof InvalidConfig || error instanceof InvalidDump || isProblem(error);
    process.stderr.write(`${error instanceof Error ? (expected ? error.message : error.stack) : String(error)}\n`);
    process.exitCode = FAILED;
  },
);
