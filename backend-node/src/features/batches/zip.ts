/** A batch of the pictures in a zip: they are taken into the gallery first, then it begins. */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ZipBatchFields } from '../../contract/batches.ts';
import { GatewayError, isProblem } from '../../errors.ts';
import type { Context } from '../../http/call.ts';
import { keptName } from '../../http/file-names.ts';
import { capped, patiently } from '../../intake/arriving.ts';
import { readMultipart } from '../../intake/multipart.ts';
import { keepTaken } from '../../intake/take-in.ts';
import type { NewItem } from '../../ledger/items.ts';
import type { WrittenWith } from '../../ledger/jobs.ts';
import type { ArchiveLine } from '../../processing/shapes.ts';
import { owned } from '../../store/owned.ts';
import type { JobRow } from '../../store/rows.ts';
import { label } from './labels.ts';
import type { BatchParts } from './parts.ts';
import type { Picture } from './pictures.ts';
import { blobsOfItems, type Batches, type Beginning } from './service.ts';

const MOST_TABLE_BYTES = 32_000_000;

/** What was in the zip so far. */
interface Taken {
  readonly pictures: Picture[];
  readonly failed: NewItem[];
  table: Buffer | undefined;
}

type Lines = AsyncGenerator<ArchiveLine>;

/**
 * Resolves once the zip has arrived and was found sound; the rest goes on without the caller. Rejects with what is wrong
 * with the form or with the zip as a whole: nothing is begun then.
 */
export async function createOfZip(
  parts: BatchParts,
  batches: Batches,
  context: Context,
  req: IncomingMessage,
  more: WrittenWith,
): Promise<JobRow> {
  const form = new ZipForm(parts, batches, context);
  const { sound, job } = await prepared(form, req, ({ beginning }) =>
    batches.prepare(context, beginning, [], { more }),
  );
  const { fields, table, lines, first } = sound;
  // Nobody waits for it any more: only the end of the gateway ends it, and then the job says so.
  const going: Context = { ...context, signal: new AbortController().signal };
  const taken: Taken = { pictures: [], failed: [], table };
  void takeAll(parts, batches, going, { job, fields, taken, lines, first });
  return job;
}

/** Where anything fails nobody reads on, and the processing service is told so. */
async function prepared(form: ZipForm, req: IncomingMessage, prepare: (sound: Sound) => Promise<JobRow>) {
  try {
    await form.read(req);
    const sound = await form.sound();
    return { sound, job: await prepare(sound) };
  } catch (error) {
    form.abandon();
    throw error;
  }
}

interface Taking {
  readonly job: JobRow;
  readonly fields: ZipBatchFields;
  readonly taken: Taken;
  readonly lines: Lines;
  readonly first: IteratorResult<ArchiveLine, unknown>;
}

async function takeAll(parts: BatchParts, batches: Batches, context: Context, taking: Taking): Promise<void> {
  const { job, fields, taken, lines, first } = taking;
  try {
    for (let next = first; !next.done; next = await lines.next()) await take(parts, context, fields, taken, next.value);
    // They come as they get done; what they are listed by must not be chance.
    const pictures = taken.pictures.toSorted(byName);
    const listed = [...(await batches.listed(context, pictures, taken.table)), ...taken.failed.toSorted(byName)];
    await label(parts, context, listed);
    await batches.jobs.add(job, 1, listed);
    await batches.jobs.open(context, job, listed, { blobs: blobsOfItems(listed) });
  } catch (error) {
    parts.log.warn({ err: error, job: job.id }, 'a zip could not be taken in whole');
    await batches.jobs.refuse(context, job, asProblem(error)).catch((refused: unknown) => {
      parts.log.error({ err: refused, job: job.id }, 'a batch stays in preparation');
    });
  } finally {
    await lines.return(undefined).catch(() => undefined);
  }
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : 1);

async function take(
  parts: BatchParts,
  context: Context,
  fields: ZipBatchFields,
  taken: Taken,
  line: ArchiveLine,
): Promise<void> {
  if (line.status === 'table') {
    taken.table ??= Buffer.from(line.table, 'base64');
    return;
  }
  if (line.status === 'failed') {
    taken.failed.push({ name: line.name, image: '', wish: {}, problem: line.problem });
    return;
  }
  const { tags, album, sku, product_group } = fields;
  const file = { name: keptName(line.name), fields: { tags, album, sku, product_group } };
  const { image } = await keepTaken(parts, context, file, line.blob);
  if (!image) return;
  taken.pictures.push({ image: image.id, name: line.name, sku: image.sku, product_group: image.product_group });
}

const asProblem = (error: unknown): GatewayError =>
  isProblem(error)
    ? error
    : new GatewayError('internal_error', 'The gateway met an error it did not expect while it took the zip in');

interface Sound {
  readonly beginning: Beginning;
  readonly fields: ZipBatchFields;
  readonly table: Buffer | undefined;
  readonly lines: Lines;
  readonly first: IteratorResult<ArchiveLine, unknown>;
}

/** The form while it arrives: fields, then the table, then the zip, which goes straight on. */
class ZipForm {
  readonly #parts: BatchParts;
  readonly #batches: Batches;
  readonly #context: Context;
  readonly #given: Record<string, string> = {};
  readonly #stop = new AbortController();
  #table: Promise<Buffer> | undefined;
  #zip: Promise<Sound> | undefined;

  constructor(parts: BatchParts, batches: Batches, context: Context) {
    this.#parts = parts;
    this.#batches = batches;
    this.#context = context;
  }

  async read(req: IncomingMessage): Promise<void> {
    const type = req.headers['content-type'] ?? '';
    if (!type.toLowerCase().startsWith('multipart/form-data'))
      throw new GatewayError('unsupported_media_type', 'Expected multipart/form-data with a zip');
    const signal = AbortSignal.any([this.#context.signal, this.#stop.signal]);
    await readMultipart(type, patiently(req), { field: this.#field, file: this.#file }, signal);
  }

  sound(): Promise<Sound> {
    if (this.#zip) return this.#zip;
    throw new GatewayError('invalid_request', 'Expected a file called zip in the form, received none');
  }

  /** Nobody wants it any more. */
  abandon(): void {
    this.#stop.abort(new Error('the form was refused'));
    void this.#zip?.then(({ lines }) => lines.return(undefined)).catch(() => undefined);
  }

  #field = (name: string, value: string): void => {
    if (this.#zip) throw new GatewayError('invalid_request', `Expected the field ${name.slice(0, 100)} before the zip`);
    if (value !== '') this.#given[name] = value;
  };

  #file = (fileName: string, file: Readable, field: string): void => {
    if (field === 'csv' && !this.#zip && !this.#table) {
      const table = buffer(capped(file, MOST_TABLE_BYTES));
      table.catch(this.#fail);
      this.#table = table;
    } else if (field === 'zip' && !this.#zip) {
      this.#zip = this.#send(file);
      this.#zip.catch(this.#fail);
    } else {
      throw new GatewayError(
        'invalid_request',
        `Expected one file called csv at most, then one called zip; received ${field.slice(0, 100)} (${keptName(fileName)})`,
      );
    }
  };

  /** What ends one part of the form ends it all, even while more of it comes. */
  #fail = (error: unknown): void => this.#stop.abort(error);

  async #send(file: Readable): Promise<Sound> {
    const fields = fieldsOf(this.#given);
    if (fields.album !== undefined) await owned(this.#parts.store, 'albums', fields.album, this.#context.who.id);
    const beginning = await this.#batches.beginning(this.#context, fields);
    const table = await this.#table;
    // The zip outlives the request once it is there.
    const arriving = new AbortController();
    const ended = AbortSignal.any([this.#context.signal, this.#stop.signal]);
    const cut = (): void => arriving.abort(ended.reason);
    ended.addEventListener('abort', cut, { once: true });
    const asking = { ...this.#context, signal: arriving.signal };
    const lines = this.#parts.processing.archive(file, asking);
    try {
      return { beginning, fields, table, lines, first: await lines.next() };
    } finally {
      ended.removeEventListener('abort', cut);
    }
  }
}

/** Throws invalid_request. */
function fieldsOf(given: Readonly<Record<string, string>>): ZipBatchFields {
  const parsed = ZipBatchFields.safeParse(given);
  if (parsed.success) return parsed.data;
  const told = parsed.error.issues.slice(0, 5).map(({ path, message }) => [...path.map(String), message].join(': '));
  throw new GatewayError('invalid_request', `In the fields of the form: ${told.join('; ').slice(0, 500)}`);
}
