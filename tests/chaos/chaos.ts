/**
 * Batches of real photos while what works on them is killed, one thing after the other. Run by `make chaos`:
 * PHOTOS: how many (500). CASES: only these, by name, with commas between. TABLE: a file for the table. KEEP=yes: folders stay.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { account, verified, versionsOf } from './account.ts';
import { CASES, type Case } from './cases.ts';
import { missing, PLACES, type Place } from './places.ts';
import { killNow, marked } from './processes.ts';
import { Studio } from './studio.ts';
import { line, rowOf, writeTable, type Told } from './table.ts';

const PHOTOS = Number(process.env['PHOTOS'] ?? 500);
const WANTED = (process.env['CASES'] ?? '').split(',').filter((name) => name !== '');
const TABLE = process.env['TABLE'] ?? '';
/** Younger leftovers may be somebody's work. */
const OLD_S = 7200;
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

const say = (text: string): void => void process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);

async function runCase(studio: Studio, each: Case): Promise<Told> {
  await studio.caller.signIn();
  const before = await versionsOf(studio);
  const started = Date.now();
  const batch = await studio.begin(each.name);
  let struck = 0;
  const seen = await each.strike(studio, batch, () => {
    say(`${each.name}: struck`);
    if (struck === 0) struck = Date.now();
  });
  await batch.ended();
  const took_s = (Date.now() - started) / 1000;
  const times = (await batch.items()).map(({ ended_at }) => Date.parse(ended_at));
  return { of: each, ...(await account(studio, batch, before)), still_s: standstill(times, struck), took_s, seen };
}

function standstill(times: readonly number[], from: number): number {
  const after = [from, ...times.filter((time) => time > from).toSorted((a, b) => a - b)];
  return Math.max(0, ...after.slice(1).map((time, at) => time - (after[at] ?? time))) / 1000;
}

/** What crashes left behind is found, and cleaned, once it is old enough; then nothing is wrong. */
async function cleanedUp(studio: Studio): Promise<readonly string[]> {
  const folder = join(studio.place.data_dir, 'blobs');
  const then = Date.now() / 1000 - OLD_S;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) utimesSync(join(entry.parentPath, entry.name), then, then);
  const left = (await verified(studio)).length;
  say(`${left} files and blobs of results that were lost on the way; cleaning`);
  await verified(studio, '--clean');
  return verified(studio);
}

async function runPlace(place: Place, cases: readonly Case[], photos: string): Promise<readonly Told[]> {
  const home = mkdtempSync(join(tmpdir(), `vitrine-chaos-${place}-`));
  const studio = await Studio.open(await PLACES[place](home));
  const told: Told[] = [];
  const givenUp = (): never => {
    killNow(marked(home));
    void studio.remove();
    process.exit(130);
  };
  for (const signal of SIGNALS) process.once(signal, givenUp);
  try {
    await studio.upload(photos);
    for (const each of cases) {
      say(`${each.name}: ${each.struck}`);
      told.push(await runCase(studio, each));
      say(line(rowOf(told.at(-1) as Told)));
    }
    const left = await stopped(studio);
    const last = told.pop();
    if (last) told.push({ ...last, wrong: [...last.wrong, ...left] });
  } finally {
    for (const signal of SIGNALS) process.off(signal, givenUp);
    await studio.stop();
    if (process.env['KEEP'] !== 'yes') await studio.remove();
  }
  if (process.env['KEEP'] !== 'yes') rmSync(home, { recursive: true, force: true });
  return told;
}

async function stopped(studio: Studio): Promise<readonly string[]> {
  await studio.stop();
  return cleanedUp(studio);
}

const chosen = CASES.filter(({ name }) => WANTED.length === 0 || WANTED.includes(name));
const photos = mkdtempSync(join(tmpdir(), 'vitrine-chaos-photos-'));
mkdirSync(photos, { recursive: true });
execFileSync('.venv/bin/python', ['-m', 'tests.chaos.pictures', 'make', photos, String(PHOTOS)]);
const told: Told[] = [];
const left_out: string[] = [];
for (const place of new Set(chosen.map((each) => each.place))) {
  const cases = chosen.filter((each) => each.place === place);
  const why = missing(place);
  if (why === undefined) told.push(...(await runPlace(place, cases, photos)));
  else left_out.push(`Left out: ${cases.map(({ name }) => name).join(', ')} (${why}).`);
  if (TABLE !== '') writeTable(TABLE, told, left_out);
}
rmSync(photos, { recursive: true, force: true });
for (const each of told) process.stdout.write(`${line(rowOf(each))}\n`);
for (const why of left_out) process.stdout.write(`${why}\n`);
const ok = told.every(({ wrong }) => wrong.length === 0);
process.stdout.write(`${JSON.stringify({ name: 'chaos', ok, photos: PHOTOS, cases: told.length })}\n`);
process.exitCode = ok ? 0 : 1;
