/** Batches for tests: begun, waited for, and what they made. */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Batch, BatchItem } from '../../../../backend-node/src/contract/batches.ts';
import type { Client } from '../../studio.ts';
import { uploaded } from '../images/things.ts';

/** Looks for nothing, so that it takes no time. */
export const PLAIN = {
  steps: [{ operation: 'adjust', params: { brightness: 1 } }],
  output: { format: 'png' },
} as const;

const ENDED: ReadonlySet<string> = new Set(['done', 'partial', 'failed', 'cancelled']);

export async function begin(client: Client, wish: Record<string, unknown>): Promise<Batch> {
  return client.json<Batch>('POST', '/batches', { recipe: PLAIN, ...wish }, 202);
}

export async function finished(client: Client, { id }: { readonly id: string }, patience_ms = 50_000): Promise<Batch> {
  const latest = Date.now() + patience_ms;
  for (;;) {
    const batch = await client.json<Batch>('GET', `/batches/${id}`);
    if (ENDED.has(batch.state)) return batch;
    if (Date.now() > latest) throw new Error(`Expected an end, the batch is ${JSON.stringify(batch)}`);
    await sleep(50);
  }
}

/** The first batch of a processing service waits for its workers to start; those after it do not. */
export async function warmUp(client: Client): Promise<void> {
  const { id } = await uploaded(client, 'warm.png');
  await finished(client, await begin(client, { ids: [id] }), 180_000);
}

export async function itemsOf(client: Client, { id }: { readonly id: string }, query = ''): Promise<BatchItem[]> {
  const path = `/batches/${id}/items?limit=200${query}`;
  return (await client.json<{ items: BatchItem[] }>('GET', path)).items;
}

export const base64 = (text: string): string => Buffer.from(text).toString('base64');
/** A spreadsheet as a batch takes it. */
export const table = (...lines: string[]): string => base64(`${lines.join('\r\n')}\r\n`);

const python = (program: string, input: Buffer | string, ...words: string[]): unknown =>
  JSON.parse(execFileSync('.venv/bin/python', ['-c', program, ...words], { input }).toString());

/** Rows as Python's csv module reads them, the header first. */
export const cells = (text: string): string[][] =>
  python(
    'import csv, io, json, sys\nprint(json.dumps(list(csv.reader(io.StringIO(sys.stdin.buffer.read().decode(), newline=""), strict=True))))',
    text,
  ) as string[][];

/** One object a row, by its columns. */
export function records(text: string): Record<string, string>[] {
  const [header = [], ...rows] = cells(text.replace(/^\ufeff/, ''));
  return rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ''])));
}

/** The colour in the middle of a picture, decoded. */
export const middle = (picture: Buffer): readonly [number, number, number] =>
  python(
    'import io, json, sys\nfrom PIL import Image\np = Image.open(io.BytesIO(sys.stdin.buffer.read())).convert("RGB")\nprint(json.dumps(p.getpixel((p.width // 2, p.height // 2))))',
    picture,
  ) as [number, number, number];

/** Files in a zip by name, as Python reads it; it checks each sum. */
export function unzipped(bytes: Buffer): ReadonlyMap<string, Buffer> {
  const program =
    'import base64, io, json, sys, zipfile\nz = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))\nassert z.testzip() is None\nprint(json.dumps({n: base64.b64encode(z.read(n)).decode() for n in z.namelist()}))';
  const files = python(program, bytes) as Record<string, string>;
  return new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text, 'base64')]));
}

export async function bytesOf(client: Client, path: string): Promise<Buffer> {
  const answer = await client.call(path);
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (!answer.ok) throw new Error(`GET ${path}: received ${answer.status} ${bytes.toString()}`);
  return bytes;
}

export const versionFile = (client: Client, { image, version }: Pick<BatchItem, 'image' | 'version'>) =>
  bytesOf(client, `/images/${image}/file?variant=version&version=${version}`);
