import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Image } from '../../../../backend-node/src/contract/image.ts';
import { formOf, picture } from '../../photos.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';
import { remembered, rendered, uploaded } from '../images/things.ts';

let studio: Studio;
let anna: Client;
let ben: Client;
let folder: string;

beforeAll(async () => {
  studio = await startStudio();
  anna = await studio.signUp('anna');
  ben = await studio.signUp('ben');
  folder = mkdtempSync(join(tmpdir(), 'vitrine-export-'));
});
afterAll(async () => {
  await studio.stop();
  rmSync(folder, { recursive: true, force: true });
});

const HEADINGS =
  'id,name,title,sku,product_group,tags,state,review_state,score,width,height,bytes,format,uploaded_at,blob';

/** Rows as Python's csv module reads them. */
function cells(text: string): string[][] {
  const program =
    'import csv, io, json, sys; print(json.dumps(list(csv.reader(io.StringIO(sys.stdin.read(), newline=""), strict=True))))';
  return JSON.parse(execFileSync('.venv/bin/python', ['-c', program], { input: text }).toString()) as string[][];
}

test('B10 the table is RFC 4180, and no cell of it is a formula', async () => {
  const evil = ['=cmd|calc', '+1+1', '-2', '@SUM(A1)', '=HYPERLINK("http://x","y")'];
  for (const [at, text] of evil.entries()) {
    await remembered(studio, anna.id, {
      name: text,
      title: text,
      sku: text,
      tags: [text.replaceAll(',', ' '), 'b'],
      product_group: `g${at}`,
    });
  }
  await remembered(studio, anna.id, { name: 'quote " and, comma\nline.jpg', title: '\tTab', sku: '\rCR' });
  const answer = await anna.call('/images/export.csv?sort=name&order=asc');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
  expect(answer.headers.get('Content-Disposition')).toContain('attachment; filename="images.csv"');
  expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff');
  const text = await answer.text();
  expect(text.split('\r\n', 1)[0]).toBe(HEADINGS);
  const [, ...rows] = cells(text);
  expect(rows).toHaveLength(6);
  for (const row of rows)
    for (const [at, cell] of row.entries()) if (at !== 8) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  expect(rows.map((row) => row[1])).toContain('quote " and, comma\nline.jpg');
  expect(rows.map((row) => row[1])).toContain("'=cmd|calc");
});

test('tables obey the filters of the list, and hold nobody else’s', async () => {
  await remembered(studio, ben.id, { name: 'ben.jpg', sku: 'B' });
  await remembered(studio, ben.id, { name: 'trashed.jpg', state: 'trashed' });
  const names = async (query: string) =>
    cells(await (await ben.call(`/images/export.csv${query}`)).text())
      .slice(1)
      .map((row) => row[1]);
  expect(await names('')).toEqual(['ben.jpg']);
  expect(await names('?state=trashed')).toEqual(['trashed.jpg']);
  expect(await names('?sku=none')).toEqual([]);
  expect((await ben.call('/images/export.csv?owner=x')).status).toBe(400);
  expect((await studio.stranger.call('/images/export.csv')).status).toBe(401);
});

test('NDJSON: one image with its facts a line', async () => {
  const lines = (await (await ben.call('/images/export.ndjson')).text()).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    expect.objectContaining({ name: 'ben.jpg', sku: 'B', facts: { mime: 'image/jpeg' } }),
  ]);
  expect(lines[0]).not.toContain('owner');
});

test('a table of many pages has every row once', async () => {
  const carl = await studio.signUp('carl');
  const rows = Array.from({ length: 1203 }, (_, at) => `n${String(at).padStart(5, '0')}.jpg`);
  for (const name of rows) await remembered(studio, carl.id, { name });
  const [, ...got] = cells(await (await carl.call('/images/export.csv?sort=name&order=asc')).text());
  expect(got.map((row) => row[1])).toEqual(rows);
});

test('the archive has pictures under safe names, masks, and a table that says what became of each', async () => {
  const dora = await studio.signUp('dora');
  const names = ['../../evil.png', 'mug.png', 'MUG.PNG', 'shell.jpg.php', 'con.png', '=cmd.png'];
  const images = [];
  for (const name of names) images.push(await uploaded(dora, name));
  const [first, second, third] = images;
  if (!first || !second || !third) throw new Error('no images');
  await rendered(studio, first, second, third);
  const lost = await remembered(studio, dora.id, { name: 'lost.jpg' });
  const zip = await unpacked(dora, { filter: {}, masks: true });
  expect(zip.names).toEqual([
    'masks/evil.png',
    'pictures/=cmd.png',
    'pictures/MUG-2.PNG'.replace('PNG', 'png'),
    'pictures/con_.png',
    'pictures/evil.png',
    'pictures/mug.png',
    'pictures/shell.jpg.php.png',
    'result.csv',
  ]);
  expect(sha(zip.read('pictures/evil.png'))).toBe(second.blob);
  expect(sha(zip.read('masks/evil.png'))).toBe(third.blob);
  expect(sha(zip.read('pictures/mug.png'))).toBe(second.blob);
  const [headings, ...rows] = cells(zip.read('result.csv').toString());
  expect(headings?.slice(0, 4)).toEqual(['file', 'mask', 'problem', 'id']);
  expect(rows).toHaveLength(7);
  expect(rows.find((row) => row[3] === lost.id)?.slice(0, 3)).toEqual(['', '', 'corrupt_blob']);
  expect(fileFacts(rows.find((row) => row[3] === first.id))).toEqual(factsOf(second));
  expect(fileFacts(rows.find((row) => row[3] === second.id))).toEqual(factsOf(second));
  const originals = await unpacked(dora, { ids: [first.id], variant: 'original' });
  expect(originals.names).toEqual(['pictures/evil.png', 'result.csv']);
  expect(sha(originals.read('pictures/evil.png'))).toBe(first.blob);
  expect(fileFacts(cells(originals.read('result.csv').toString())[1])).toEqual(factsOf(first));
  const thumbs = await unpacked(dora, { ids: [third.id], variant: 'thumb' });
  expect(
    thumbs
      .read(thumbs.names[0] ?? '')
      .subarray(0, 2)
      .toString('hex'),
  ).toBe('ffd8');
});

test('D7 an archive of another’s images is 404', async () => {
  const row = await remembered(studio, anna.id);
  await ben.json('POST', '/images/export.zip', { ids: [row.id] }, 404);
  await ben.json('POST', '/images/export.zip', {}, 400);
  await ben.json('POST', '/images/export.zip', { ids: [row.id], path: '/etc' }, 400);
});

test('a caller who leaves in the middle of an archive harms nobody', async () => {
  const erna = await studio.signUp('erna');
  for (let at = 0; at < 5; at += 1) await uploaded(erna);
  const leave = new AbortController();
  const answer = await erna.call('/images/export.zip', {
    method: 'POST',
    body: JSON.stringify({ filter: {} }),
    headers: { 'Content-Type': 'application/json' },
    signal: leave.signal,
  });
  expect(answer.status).toBe(200);
  leave.abort();
  expect((await unpacked(erna, { filter: {} })).names).toHaveLength(6);
});

/** What a row of result.csv tells of its file. */
const fileFacts = (row: string[] | undefined): string[] =>
  ['width', 'height', 'bytes', 'format', 'blob'].map((name) => row?.[3 + HEADINGS.split(',').indexOf(name)] ?? '');

const factsOf = ({ width, height, bytes, format, blob }: Image): string[] =>
  [width, height, bytes, format, blob].map(String);

const sha = (bytes: Buffer): string => execFileSync('sha256sum', { input: bytes }).toString().slice(0, 64);

async function unpacked(client: Client, wish: unknown) {
  const answer = await client.call('/images/export.zip', {
    method: 'POST',
    body: JSON.stringify(wish),
    headers: { 'Content-Type': 'application/json' },
  });
  if (answer.status !== 200) throw new Error(`expected 200, received ${answer.status} ${await answer.text()}`);
  const place = mkdtempSync(join(folder, 'zip-'));
  const archive = join(place, 'pictures.zip');
  writeFileSync(archive, Buffer.from(await answer.arrayBuffer()));
  execFileSync('.venv/bin/python', ['-m', 'zipfile', '-e', archive, join(place, 'out')]);
  const out = join(place, 'out');
  const names = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(out.length + 1));
  return { names: names.toSorted(), read: (name: string) => readFileSync(join(out, name)) };
}

test('an archive of many pictures leaves no listener behind for each', async () => {
  const cleo = await studio.signUp('cleo');
  const files = Array.from({ length: 12 }, (_, at) => [`${at}.png`, picture(9000 + at)] as const);
  expect((await cleo.call('/images', { method: 'POST', body: formOf(files) })).status).toBe(201);
  const warnings: string[] = [];
  const heard = ({ name }: Error) => warnings.push(name);
  process.on('warning', heard);
  const body = JSON.stringify({ filter: {}, variant: 'original' });
  const headers = { 'Content-Type': 'application/json' };
  const answer = await cleo.call('/images/export.zip', { method: 'POST', headers, body });
  expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(1000);
  process.off('warning', heard);
  expect(warnings).toEqual([]);
});
