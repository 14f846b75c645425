/** The commands of docs/how-to/work-through-thousands.md, in order, as somebody would type them; and its tables. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ITEM_STATES, JOB_STATES } from '../../../backend-node/src/contract/jobs.ts';
import { itemId } from '../../../backend-node/src/ledger/items.ts';
import { CURL, python } from '../features/compat/stand.ts';
import { formOf, photo, picture } from '../photos.ts';
import { startStudio, type Client, type Studio } from '../studio.ts';
import { Page, typed } from './page.ts';

const page = new Page('how-to/work-through-thousands.md');
const run = promisify(execFile);

let studio: Studio;
let anna: Client;
let folder: string;
let key: string;

beforeAll(async () => {
  studio = await startStudio({ rhythm: { look_ms: 100, lease_ms: 30_000 } });
  anna = await studio.signUp('anna');
  folder = mkdtempSync(join(tmpdir(), 'vitrine-thousands-'));
  const scopes = ['process', 'images:read', 'images:write'];
  ({ key } = await anna.json<{ key: string }>('POST', '/api-keys', { name: 'Page', scopes }, 201));
  writeFileSync(join(folder, 'products.csv'), page.block('csv'));
  writeFileSync(join(folder, 'red.jpg'), photo('rocket.jpg'));
  writeFileSync(join(folder, 'mug.jpg'), photo('coffee.png'));
  await python(ZIP, folder);
  writeFileSync(join(folder, 'batch.mjs'), here(page.block('js')));
}, 120_000);
afterAll(async () => {
  await studio.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The pictures that the spreadsheet of the page names, and one that is none. */
const ZIP = `
import sys, zipfile
with zipfile.ZipFile(f"{sys.argv[1]}/photos.zip", "w") as archive:
    archive.write(f"{sys.argv[1]}/red.jpg", "shoes/red.jpg")
    archive.write(f"{sys.argv[1]}/mug.jpg", "mug.jpg")
    archive.writestr("scan.jpg", b"\\xff\\xd8\\xff\\xe0 this was a picture once")
`;

const here = (text: string): string => text.replaceAll('vt_…', key).replaceAll('http://127.0.0.1:8080', studio.url);

const namesIn = (file: string): Promise<string> =>
  python('import sys, zipfile; print(*zipfile.ZipFile(sys.argv[1]).namelist())', join(folder, file));

interface Row {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly priority: string;
  readonly total: number;
}

describe.skipIf(CURL === undefined)('in a terminal', () => {
  test('every command does what it says', { timeout: 300_000 }, async () => {
    const [first = '', zip = '', gallery = '', ...others] = page.blocks('sh');
    const rest = others.filter((block) => block !== steering());
    const found = `until call "$VITRINE/batches/$BATCH" | grep -q '"ended_at":"2'; do sleep 1; done
      IMAGE=$(call "$VITRINE/images?sku=SHOE-RED" | python3 -c 'import json, sys; print(json.load(sys.stdin)["items"][0]["id"])')\n`;
    const told = await typed(folder, here([first, zip, found, gallery, ...rest].join('\n')));
    expect(told).toContain('"state":"partial"');
    expect(told).toContain('"name":"scan.jpg"');
    const { items } = await anna.json<{ items: Row[] }>('GET', '/batches?limit=50');
    expect(items.map(({ total }) => total)).toEqual([2, 2, 1, 1, 3]);
    const spring = items.find(({ name }) => name === 'Spring shoes')?.id ?? '';
    // Its only failed picture was none: nothing was begun with it.
    await anna.json('POST', `/batches/${spring}/retry-failed`, {}, 409);
    expect(items.map(({ priority }) => priority)).toContain('high');
    const table = readFileSync(join(folder, 'result.csv'), 'utf8').trim().split('\n');
    expect(table).toHaveLength(4);
    expect(table[1]).toMatch(/^shoes\/red.jpg,shoes\/red_processed\.jpg,shoes\/red_mask\.png,1\.1,.*,SHOE-RED,shoes,/);
    expect(table[3]).toMatch(/^scan.jpg,.*,failed,/);
    expect((await namesIn('result.zip')).trim().split(' ').sort()).toEqual(
      ['mug_mask.png', 'mug_processed.jpg', 'result.csv', 'shoes/red_mask.png', 'shoes/red_processed.jpg'].sort(),
    );
  });

  test('a batch with a failed picture is tried again, paused, taken up, cancelled and taken off the list', async () => {
    // Nobody works on it, so that it does not end meanwhile.
    const still = await startStudio();
    const ben = await still.signUp('ben');
    const scopes = ['process', 'images:read'];
    const own = (await ben.json<{ key: string }>('POST', '/api-keys', { name: 'Page', scopes }, 201)).key;
    await ben.call('/images', { method: 'POST', body: formOf([['mug.png', picture(1)]]) });
    const wish = { preset: 'catalog-white', filter: {} };
    const { id } = await ben.json<{ id: string }>('POST', '/batches', wish, 202);
    const item = await still.parts.store.get('items', itemId(id, 1));
    if (!item) throw new Error('Expected an item, the batch has none');
    const failed = { ...item, state: 'failed', attempts: 1, code: 'worker_lost', message: 'Gone' } as const;
    await still.parts.store.write([{ update: 'items', row: failed }]);
    const [first = ''] = page.blocks('sh');
    const commands = `${first}\nBATCH=${id}\n${steering()}`.replaceAll('vt_…', own);
    const told = await typed(folder, commands.replaceAll('http://127.0.0.1:8080', still.url));
    const states = [...told.matchAll(/^\{"id".*?"state":"([a-z]+)"/gm)].map(([, state]) => state);
    expect(states).toEqual(['running', 'paused', 'running', 'cancelled']);
    await ben.json('GET', `/batches/${id}`, undefined, 404);
    await still.stop();
  });
});

const steering = (): string => page.blocks('sh').find((block) => block.includes('/retry-failed')) ?? '';

describe('in Node', () => {
  const again = () =>
    run(process.execPath, ['batch.mjs', 'spring-shoes-2', 'photos.zip', 'products.csv'], {
      cwd: folder,
      env: { ...process.env, VITRINE_KEY: key },
    });

  test('the script follows a batch to its end and saves what came of it; run again it finds the same', async () => {
    const { stdout } = await again();
    expect(stdout).toMatch(/^partial\s*$/m);
    expect(stdout).toMatch(/^scan\.jpg: /m);
    expect(await namesIn('result.zip')).toContain('shoes/red_processed.jpg');
    expect((await again()).stdout).toMatch(/^partial\s*$/m);
    const { items } = await anna.json<{ items: Row[] }>('GET', '/batches?limit=50');
    expect(items.filter(({ name }) => name === 'spring-shoes-2')).toHaveLength(1);
  }, 120_000);

  test('what is wrong is told in a sentence', async () => {
    const refused = run(process.execPath, ['batch.mjs', 'no-zip', 'products.csv', 'products.csv'], {
      cwd: folder,
      env: { ...process.env, VITRINE_KEY: key },
    });
    await expect(refused).rejects.toThrow(/422 broken_archive: Expected/);
  });
});

test('the tables have every state, and no other', () => {
  const states = [...page.text.matchAll(/^\| `([a-z]+)` \|/gm)].map(([, state]) => state);
  expect(states.slice(0, JOB_STATES.length)).toEqual([...JOB_STATES]);
  expect(states.slice(JOB_STATES.length)).toEqual([...ITEM_STATES]);
});
