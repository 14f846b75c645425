/** The commands of docs/tutorials/the-life-of-a-picture.md, in order, as somebody would type them. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStudio, type Studio } from '../studio.ts';

const page = readFileSync('docs/tutorials/the-life-of-a-picture.md', 'utf8');
const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block ?? '');
const hasCurl = spawnSync('curl', ['--version']).status === 0;
if (!hasCurl) process.stderr.write('The tutorial is not tried: this machine has no curl\n');

let studio: Studio;
let folder: string;
let ran: { status: number | null; output: string; errors: string };

beforeAll(async () => {
  if (!hasCurl) return;
  studio = await startStudio();
  folder = mkdtempSync(join(tmpdir(), 'vitrine-tutorial-'));
  symlinkSync(resolve('.venv'), join(folder, '.venv'));
  ran = await runIn(folder, scriptFor(studio.url));
}, 120_000);
afterAll(async () => {
  if (!hasCurl) return;
  await studio.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** All commands but `make up`, at the address of the studio. The first that fails ends it and is named. */
function scriptFor(url: string): string {
  const commands = blocks.filter((block) => !block.startsWith('make ')).join('\n');
  expect(commands).toContain('VITRINE=http://127.0.0.1:8080\n');
  const here = commands.replace('VITRINE=http://127.0.0.1:8080\n', `VITRINE=${url}\n`);
  return `set -Eeuo pipefail\ntrap 'echo "failed: $BASH_COMMAND" >&2' ERR\n${here}`;
}

async function runIn(cwd: string, script: string): Promise<typeof ran> {
  const child = spawn('bash', ['-c', script], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((done) => child.once('close', done));
  const [status, output, errors] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { status, output, errors };
}

const bytesOf = (name: string) => readFileSync(join(folder, name));
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
    expect(ran.output).toMatch(/^403$/m);
    expect(JSON.parse(bytesOf('ended.json').toString())).toMatchObject({ code: 'share_invalid' });
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
});
