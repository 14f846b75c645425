/** The commands of docs/tutorials/the-life-of-a-picture.md, in order, as somebody would type them. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStudio, type Studio } from '../studio.ts';

const page = readFileSync('docs/tutorials/the-life-of-a-picture.md', 'utf8');
const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block ?? '');
const hasCurl = spawnSync('curl', ['--version']).status === 0;
if (!hasCurl) process.stderr.write('The tutorial is not tried: this machine has no curl\n');

interface Ran {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

let studio: Studio;
let clone: string;
let ran: Ran;

beforeAll(async () => {
  if (!hasCurl) return;
  studio = await startStudio();
  clone = mkdtempSync(join(tmpdir(), 'vitrine-tutorial-'));
  symlinkSync(resolve('.venv'), join(clone, '.venv'));
  ran = await runIn(clone, scriptFor(studio.url));
}, 120_000);
afterAll(async () => {
  if (!hasCurl) return;
  await studio.stop();
  rmSync(clone, { recursive: true, force: true });
});

/** All commands but `make up` and those that tidy up, at the address of the studio. The first that fails ends it and is named. */
function scriptFor(url: string): string {
  const commands = blocks.filter((block) => !block.startsWith('make ') && block !== tidyingUp()).join('\n');
  return `set -Eeuo pipefail\ntrap 'echo "failed: $BASH_COMMAND" >&2' ERR\n${at(url, commands)}`;
}

function at(url: string, commands: string): string {
  expect(commands).toContain('VITRINE=http://127.0.0.1:8080\n');
  return commands.replace('VITRINE=http://127.0.0.1:8080\n', `VITRINE=${url}\n`);
}

/** The page's functions, then these commands, as in a terminal: it goes on after what fails. */
function failing(commands: string): Promise<Ran> {
  const functions = blocks.filter((block) => /^(call|save)\(\)/m.test(block)).join('\n');
  return runIn(
    clone,
    at(studio.url, functions).replaceAll(/^(TOKEN=|as_ana ).*\n/gm, '') + `TOKEN=none\n${commands}\n`,
  );
}

const tidyingUp = (): string => blocks.find((block) => block.includes('rm -r ')) ?? '';

async function runIn(cwd: string, script: string): Promise<Ran> {
  const child = spawn('bash', ['-c', script], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((done) => child.once('close', done));
  const [status, output, errors] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { status, output, errors };
}

const bytesOf = (name: string) => readFileSync(join(clone, 'demo/life', name));
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

describe.skipIf(!hasCurl)('the life of a picture', () => {
  test('every command does what it says', () => {
    expect(ran.errors).toBe('');
    expect(ran.status).toBe(0);
  });

  test('the preview, the version and what the visitor sees are pictures', () => {
    for (const name of ['preview.jpg', 'mug-white.jpg', 'seen-by-a-visitor.jpg']) {
      expect(bytesOf(name).subarray(0, 3), name).toEqual(JPEG);
    }
    expect(bytesOf('mug-mask.png').subarray(1, 4).toString()).toBe('PNG');
    expect(bytesOf('seen-by-a-visitor.jpg').equals(bytesOf('mug-white.jpg'))).toBe(true);
  });

  test('the photo is found by a word, comes back to the byte, and was never changed', () => {
    expect(ran.output).toContain('"title":"Red mug"');
    expect(bytesOf('mug-original.png').equals(bytesOf('photos/mug.png'))).toBe(true);
  });

  test('the link is refused once it has ended', () => {
    expect(ran.output).toMatch(/"code":"share_invalid".*\n403$/m);
  });

  test('the table has both pictures, the archive both and a mask', () => {
    expect(bytesOf('images.csv').toString().trim().split('\n')).toHaveLength(3);
    expect(ran.output).toMatch(/pictures\/.*mug/);
    expect(ran.output).toMatch(/pictures\/.*rocket/);
    expect(ran.output).toMatch(/masks\/.*mug/);
  });

  test('the audit log holds', () => {
    expect(ran.output).toContain('"broken_at":null');
  });

  test('a step that fails shows what Vitrine said, and leaves no file', async () => {
    const told = await failing('as_ana "$VITRINE/api/v1/me" | pick name; save new.jpg "$VITRINE/api/v1/images"');
    expect(told.status).not.toBe(0);
    expect(told.errors).toContain('pick: no name in: {');
    expect(told.errors).toContain('"code":"unauthorized"');
    expect(told.errors).not.toContain('Traceback');
    expect(told.output).toContain('"detail":"Expected');
    expect(existsSync(join(clone, 'demo/life/new.jpg'))).toBe(false);
  });

  test('an address where nothing listens is told, without a traceback', async () => {
    const told = await failing('call http://127.0.0.1:9/ | pick name');
    expect(told.status).toBe(1);
    expect(told.errors).toMatch(/curl: \(7\)/);
    expect(told.errors).toContain('pick: no name in: nothing');
  });

  test('nothing is left in the clone in the end', async () => {
    expect(readdirSync(clone).sort()).toEqual(['.venv', 'demo']);
    const tidied = await runIn(join(clone, 'demo/life'), tidyingUp());
    expect(tidied).toMatchObject({ status: 0, errors: '' });
    expect(readdirSync(join(clone, 'demo'))).toEqual([]);
  });
});
