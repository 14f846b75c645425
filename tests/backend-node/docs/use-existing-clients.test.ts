/** The commands of docs/how-to/use-existing-clients.md, in order, as somebody would type them. */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeBgWish } from '../../../backend-node/src/features/compat/remove-bg-wish.ts';
import { rembgWish } from '../../../backend-node/src/features/compat/rembg-wish.ts';
import { CURL, look, openStand, python, type Stand } from '../features/compat/stand.ts';
import { photo } from '../photos.ts';

const page = readFileSync('docs/how-to/use-existing-clients.md', 'utf8');
const commands = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block ?? '').join('\n');
const script = [...page.matchAll(/```python\n(.*?)```/gs)].map(([, block]) => block ?? '').join('\n');

const run = promisify(execFile);

let stand: Stand;

beforeAll(async () => {
  stand = await openStand();
  writeFileSync(join(stand.folder, 'mug.jpg'), photo('coffee.png'));
}, 120_000);
afterAll(() => stand.stop());

/** With this studio's address and key, and a picture that can be had. */
const here = (text: string, key: string): string =>
  text
    .replaceAll('vt_…', key)
    .replaceAll('http://127.0.0.1:8080', stand.studio.url)
    .replaceAll('https://example.com/mug.jpg', `${stand.pictures}/coffee.png`);

describe.skipIf(CURL === undefined)('in a terminal', () => {
  test('every command does what it says', async () => {
    const key = await stand.newKey('process', 'images:write', 'images:read');
    const text = `set -euo pipefail\ncd ${stand.folder}\n${here(commands, key)}`;
    const { stdout, stderr } = await run('bash', ['-c', text]);
    expect(stderr).toBe('');
    expect(stdout).toContain('"url":"http://127.0.0.1:');
    expect(stdout).toContain('"version_id"');
    expect(stdout).toContain('"state":');
    const seen = (name: string) => look(readFileSync(join(stand.folder, name)));
    for (const name of ['mug-cut', 'mug-cut-2', 'from-address', 'from-file']) {
      expect(seen(`${name}.png`), name).toMatchObject({ format: 'PNG', mode: 'RGBA', alpha: [0, 255] });
    }
    expect(seen('mask.png')).toMatchObject({ mode: 'L', alpha: [0, 255] });
    expect(seen('white.png')).toMatchObject({ mode: 'RGB', corner: [255, 255, 255] });
  });
});

test('the Python script does what it says', async () => {
  await python(`import os\nos.chdir(${JSON.stringify(stand.folder)})\n${here(script, stand.key)}`);
  expect(look(readFileSync(join(stand.folder, 'mug.jpg_no_bg.png'))).mode).toBe('RGBA');
});

test('every value of the tables is one that is taken', () => {
  for (const size of ['preview', 'small', 'regular', 'medium', 'hd', '50MP', 'full', '4k', 'auto']) {
    expect(page).toContain(`\`${size}\``);
    expect(() => removeBgWish(new Map([['size', size]]))).not.toThrow();
  }
  for (const name of ['a', 'vm', 'om', 'ppm']) {
    expect(page).toContain(`\`${name}\``);
    expect(rembgWish(new Map([[name, 'true']]))).not.toEqual(rembgWish(new Map()));
  }
});
