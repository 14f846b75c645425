/** What a batch made, to take away. */
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Batch } from '../../../../backend-node/src/contract/batches.ts';
import type { Image } from '../../../../backend-node/src/contract/image.ts';
import { png } from '../../photos.ts';
import { boxMask } from '../../processing/drawn-png.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';
import { uploaded } from '../images/things.ts';
import {
  begin,
  bytesOf,
  cells,
  finished,
  itemsOf,
  middle,
  records,
  table,
  unzipped,
  versionFile,
  warmUp,
} from './batch.ts';

let studio: Studio;
let anna: Client;
let seed = 200;

beforeAll(async () => {
  studio = await startStudio({ rhythm: { look_ms: 100, lease_ms: 2000 } });
  anna = await studio.signUp('anna');
  await warmUp(anna);
}, 200_000);
afterAll(() => studio.stop());

const drawn = (name: string): Promise<Image> => {
  seed += 1;
  return uploaded(anna, name, png(20 + seed, 40, [30, 60, 90]));
};
const csvOf = async ({ id }: Batch) => (await bytesOf(anna, `/batches/${id}/result.csv`)).toString();

test('B10 result.csv has the columns of the command line, a row a picture, and no cell is a formula', async () => {
  const names = ['=cmd|calc.png', 'plain.png', '@SUM(A1).png'];
  const items: { image: string; name: string }[] = [];
  for (const name of names) items.push({ image: (await drawn('x.png')).id, name });
  const lines = ['filename,sku,product_group', 'plain.png,+1+1,"-2, ""quoted"""', 'none.png,,'];
  const batch = await finished(anna, await begin(anna, { items, table: table(...lines), name: 'Spring =1' }));
  expect(batch).toMatchObject({ state: 'partial', counts: { done: 3, failed: 1 } });
  const answer = await anna.call(`/batches/${batch.id}/result.csv`);
  expect(answer.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
  expect(answer.headers.get('Content-Disposition')).toMatch(/^attachment; filename=".*-result\.csv"/);
  expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff');
  const text = await answer.text();
  const columns = execFileSync('.venv/bin/python', [
    '-c',
    'import json\nfrom pyservice.jobs.result_table import ResultRow\nprint(json.dumps(list(ResultRow.model_fields)))',
  ]);
  const [header, ...rows] = cells(text);
  expect(header).toEqual(JSON.parse(columns.toString()));
  expect(rows.map(([name]) => name)).toEqual(['plain.png', 'none.png', "'=cmd|calc.png", "'@SUM(A1).png"]);
  for (const row of rows) for (const cell of row) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  const [plain, none] = records(text);
  expect(plain).toMatchObject({
    status: 'ok',
    error: '',
    sku: "'+1+1",
    product_group: `'-2, "quoted"`,
    processed_path: 'plain_processed.png',
    mask_path: '',
    brightness: '1',
    height: '40',
  });
  expect(Number(plain?.['elapsed_ms'])).toBeGreaterThan(0);
  expect(none).toMatchObject({ status: 'failed', processed_path: '', width: '' });
  expect(none?.['error']).toMatch(/^Row 3, column 'filename'/);
});

test('a byte order mark is there for letters beyond ASCII, and only then', async () => {
  const ascii = await finished(anna, await begin(anna, { ids: [(await drawn('ascii.png')).id] }));
  expect(await csvOf(ascii)).toMatch(/^filename,/);
  const letters = await finished(anna, await begin(anna, { ids: [(await drawn('Schühe.png')).id] }));
  const text = await csvOf(letters);
  expect(text.startsWith('\ufefffilename,')).toBe(true);
  expect(records(text)[0]?.['filename']).toBe('Schühe.png');
});

test('result.zip: the pictures and masks where result.csv says, and nothing else', async () => {
  const mask = await uploaded(anna, 'mask.png', new Uint8Array(boxMask()));
  const masked = {
    steps: [
      { operation: 'use-mask', params: { blob: mask.blob } },
      { operation: 'adjust', params: { brightness: 1 } },
    ],
    output: { format: 'png' },
  };
  const pictures = [await drawn('a.png'), await drawn('a.png'), await drawn('b.png')];
  const [first, second, third] = pictures;
  if (!first || !second || !third) throw new Error('Expected pictures');
  const items = [
    { image: first.id, name: 'shoes/red.png' },
    { image: second.id, name: 'boots/red.png' },
    { image: third.id, name: 'red.png' },
  ];
  const wish = { items, recipe: masked, table: table('filename,brightness', 'boots/red.png,none') };
  const batch = await finished(anna, await begin(anna, wish));
  expect(batch).toMatchObject({ state: 'partial', counts: { done: 2, failed: 1 } });
  const bytes = await bytesOf(anna, `/batches/${batch.id}/result.zip`);
  const files = unzipped(bytes);
  const told = records(files.get('result.csv')?.toString() ?? '');
  const named = told.flatMap((row) => [row['processed_path'], row['mask_path']]).filter((name) => name !== '');
  expect([...files.keys()].toSorted()).toEqual([...named, 'result.csv'].toSorted());
  expect(named.toSorted()).toEqual([
    'red_mask.png',
    'red_processed.png',
    'shoes/red_mask.png',
    'shoes/red_processed.png',
  ]);
  const done = (await itemsOf(anna, batch)).find(({ name }) => name === 'red.png');
  if (!done) throw new Error('Expected an item');
  expect(files.get('red_processed.png')).toEqual(await versionFile(anna, done));
  expect(middle(files.get('red_mask.png') ?? Buffer.alloc(0))).toEqual([255, 255, 255]);
});

test('a result that was deleted meanwhile is missing, and the table in the zip says so', async () => {
  const [kept, gone] = [await drawn('kept.png'), await drawn('gone.png')];
  const batch = await finished(anna, await begin(anna, { ids: [kept.id, gone.id], current: false }));
  const item = (await itemsOf(anna, batch)).find(({ image }) => image === gone.id);
  await anna.json('DELETE', `/images/${gone.id}/versions/${item?.version ?? ''}`, undefined, 204);
  const files = unzipped(await bytesOf(anna, `/batches/${batch.id}/result.zip`));
  expect([...files.keys()].toSorted()).toEqual(['kept_processed.png', 'result.csv']);
  const rows = records(files.get('result.csv')?.toString() ?? '');
  expect(rows.map((row) => [row['filename'], row['processed_path']])).toEqual([
    ['kept.png', 'kept_processed.png'],
    ['gone.png', ''],
  ]);
});
