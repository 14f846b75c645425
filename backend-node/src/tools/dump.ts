/** All rows as text: a header line, [collection, row] a line, and a trailer by which whoever reads knows that nothing is lost. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { HOLDING, isCollection, OUTERMOST_FIRST } from '../store/collections.ts';
import { MIGRATIONS, pending } from '../store/migrations.ts';
import type { Collection, Row } from '../store/rows.ts';
import type { Store } from '../store/store.ts';

const FORMAT = 1;
const LINE_FEED = 0x0a;

const Header = z.strictObject({
  vitrine: z.literal('metadata'),
  format: z.literal(FORMAT),
  /** Of the rows; see migrations.ts. */
  version: z.int().min(1),
  /** Collections whose rows list in `blobs` what they need. */
  holding: z.array(z.string()),
});
/** sha256: of every byte before the trailer. */
const Trailer = z.strictObject({ rows: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) });
/** The row as it is: shapes of objects would sort its fields, and the journal's sums hold their order. */
const Line = z.tuple([z.string().refine(isCollection), z.custom<Row>(isRow)]);

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && 'id' in value && 'revision' in value;
}

/** What is wrong with a dump, for people. */
export class InvalidDump extends Error {
  override readonly name = 'InvalidDump';
}

export async function* dumped(store: Store): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const told = (value: unknown): string => {
    const line = `${JSON.stringify(value)}\n`;
    hash.update(line);
    return line;
  };
  yield told({ vitrine: 'metadata', format: FORMAT, version: MIGRATIONS.length + 1, holding: HOLDING });
  let rows = 0;
  for (const collection of OUTERMOST_FIRST) {
    for await (const row of store.all(collection)) {
      rows += 1;
      yield told([collection, row]);
    }
  }
  yield `${JSON.stringify({ rows, sha256: hash.digest('hex') })}\n`;
}

/** Reads a dump to its end and compares with its trailer; how many rows it has. Throws InvalidDump. */
export async function checkDump(path: string): Promise<number> {
  const hash = createHash('sha256');
  let rows = -1;
  let last: Buffer | undefined;
  for await (const line of linesOf(path)) {
    if (last !== undefined) {
      hash.update(last).update('\n');
      rows += 1;
    }
    last = line;
  }
  const trailer = Trailer.safeParse(parsed(last ?? Buffer.of()));
  if (!trailer.success)
    throw new InvalidDump('Expected metadata with a last line that counts its rows: it was cut off');
  if (trailer.data.rows !== rows || trailer.data.sha256 !== hash.digest('hex')) {
    throw new InvalidDump('Expected metadata as it was written, received something altered');
  }
  return rows;
}

/** The rows of a dump that was checked, brought to today's shape. Throws InvalidDump. */
export async function* rowsOf(path: string): AsyncGenerator<readonly [Collection, Row]> {
  let steps: ReturnType<typeof pending> | undefined;
  for await (const line of linesOf(path)) {
    if (!steps) {
      steps = pending(headerOf(line).version, MIGRATIONS);
      continue;
    }
    const value = parsed(line);
    // The trailer: its sum holds whatever comes before.
    if (!Array.isArray(value)) return;
    const row = Line.safeParse(value);
    if (!row.success) throw new InvalidDump(`Expected a collection and its row in each line, received ${shown(line)}`);
    const [collection, given] = row.data;
    yield [collection, steps.reduce<Row>((each, step) => step(collection, each), given)];
  }
}

function headerOf(line: Buffer): z.output<typeof Header> {
  const header = Header.safeParse(parsed(line));
  if (header.success) return header.data;
  throw new InvalidDump(`Expected metadata of format ${FORMAT}, received ${shown(line)}`);
}

/** Without their line feeds. Not node:readline: it also breaks lines at U+2028, which JSON may hold. */
async function* linesOf(path: string): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  const chunks: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: 1 << 18 });
  for await (const chunk of chunks) {
    let from = 0;
    for (let to = chunk.indexOf(LINE_FEED); to >= 0; to = chunk.indexOf(LINE_FEED, from)) {
      yield Buffer.concat([...begun, chunk.subarray(from, to)]);
      begun = [];
      from = to + 1;
    }
    begun.push(chunk.subarray(from));
  }
  const rest = Buffer.concat(begun);
  if (rest.length > 0) yield rest;
}

const shown = (line: Buffer): string => line.toString('utf8', 0, 80);

function parsed(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString());
  } catch {
    return undefined;
  }
}
