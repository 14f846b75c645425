/** The commands of docs/how-to/import-pictures.md, in order, as somebody would type them; and its tables. */
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { PROBLEMS } from '../../../backend-node/src/contract/problems.ts';
import { CURL } from '../features/compat/stand.ts';
import { photo } from '../photos.ts';
import { startPyservice, type RunningService } from '../pyservice.ts';
import { startStudio, type Client, type Studio } from '../studio.ts';
import { Page, typed } from './page.ts';

const page = new Page('how-to/import-pictures.md');

let folder: string;
let shop: Server;
let shopUrl: string;
let service: RunningService;
let studio: Studio;
let anna: Client;
let key: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-import-'));
  shop = createServer((req, res) => {
    const name = { '/pictures/mug-front.jpg': 'coffee.png', '/pictures/mug-side.jpg': 'rocket.jpg' }[req.url ?? ''];
    if (name === undefined) res.writeHead(404).end();
    else res.end(photo(name));
  }).listen(0, '127.0.0.1');
  await once(shop, 'listening');
  const place = `127.0.0.1:${(shop.address() as AddressInfo).port}`;
  shopUrl = `http://${place}`;
  copyFileSync(join(inject('pyservice').data_dir, 'service.secret'), join(folder, 'service.secret'));
  service = await startPyservice(folder, undefined, { VITRINE_FETCH_ALLOW: place, VITRINE_WORKERS: '1' });
  studio = await startStudio({ service_url: service.url, rhythm: { look_ms: 100, lease_ms: 30_000 } });
  anna = await studio.signUp('anna');
  const scopes = ['process', 'images:read', 'images:write'];
  ({ key } = await anna.json<{ key: string }>('POST', '/api-keys', { name: 'Page', scopes }, 201));
  writeFileSync(join(folder, 'links.csv'), here(page.block('csv')));
}, 120_000);
afterAll(async () => {
  await studio.stop();
  await service.stop();
  shop.close();
  rmSync(folder, { recursive: true, force: true });
});

const here = (text: string): string =>
  text
    .replaceAll('vt_…', key)
    .replaceAll('http://127.0.0.1:8080', studio.url)
    .replaceAll('https://example.com', shopUrl);

interface Job {
  readonly id: string;
  readonly state: string;
  readonly counts: { readonly done: number; readonly failed: number };
  readonly ended_at: string;
  readonly batch?: string;
}

describe.skipIf(CURL === undefined)('in a terminal', () => {
  test('every command does what it says', { timeout: 180_000 }, async () => {
    const told = await typed(folder, here(page.blocks('sh').join('\n')));
    expect(told).toContain('"state":"partial"');
    expect(told).toContain('"code":"fetch_failed"');
    expect(told).toContain('"preset":"catalog-white"');
    expect(readFileSync(join(folder, 'template.csv'), 'utf8').split('\r\n')[0]).toBe(page.block('csv').split('\n')[0]);
    const imports = await ended('/imports', 3);
    expect(imports.map(({ counts }) => [counts.done, counts.failed])).toEqual([
      [2, 0],
      [1, 1],
      [1, 0],
    ]);
    const batches = await ended('/batches', 1);
    expect(batches.map(({ id, state }) => [id, state])).toEqual([[imports[1]?.batch, 'done']]);
    const { items } = await anna.json<{ items: { sku: string; tags: string[] }[] }>('GET', '/images?sku=MUG-01');
    expect(items.flatMap(({ tags }) => tags).sort()).toEqual(['autumn', 'detail']);
  });
});

/** Newest first, once so many have ended. */
async function ended(path: string, count: number): Promise<readonly Job[]> {
  const listed = async () => (await anna.json<{ items: Job[] }>('GET', path)).items;
  const over = async () => (await listed()).filter(({ ended_at }) => ended_at !== '').length;
  await expect.poll(over, { timeout: 60_000 }).toBe(count);
  return listed();
}

test('the table of reasons has codes that there are', () => {
  const [, reasons = ''] = page.text.split('| Why a row fails |');
  const codes = [...reasons.matchAll(/`([a-z]+_[a-z]+)`/g)].map(([, code]) => code ?? '');
  expect(codes.length).toBeGreaterThan(5);
  expect(codes.filter((code) => !Object.hasOwn(PROBLEMS, code))).toEqual([]);
});
