/** An upload: the files of one request, a few at a time, each straight to the processing service while it arrives. */
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { UploadFields, type UploadItem } from '../../contract/image-upload.ts';
import { GatewayError, isProblem } from '../../errors.ts';
import type { Context } from '../../http/call.ts';
import { keptName } from '../../http/file-names.ts';
import { problemOf } from '../../http/problems.ts';
import type { Places } from '../../processing/places.ts';
import { capped, discard, patiently, tooLarge } from '../../intake/arriving.ts';
import { readMultipart } from '../../intake/multipart.ts';
import type { IntakeParts } from '../../intake/parts.ts';
import { expectAlbum } from './service.ts';
import { takeIn } from '../../intake/take-in.ts';

export interface UploadParts extends IntakeParts {
  /** Of the account. */
  readonly places: Places;
}

export interface UploadWish extends UploadFields {
  readonly name?: string | undefined;
}

/** One item for each file. Rejects where the body as a whole is wrong; details.items then tells what became of its files. */
export async function upload(
  parts: UploadParts,
  context: Context,
  req: IncomingMessage,
  { name, ...fields }: UploadWish,
): Promise<UploadItem[]> {
  const { max_bytes } = await parts.processing.about();
  const type = req.headers['content-type'] ?? '';
  const kind = kindOf(type, req.headers['content-encoding']);
  const files = new Upload(parts, context, fields, max_bytes);
  if (kind === 'form') return files.readForm(req, type);
  if (Number(req.headers['content-length'] ?? 0) > max_bytes) throw tooLarge(max_bytes);
  return [await files.readRaw(req, keptName(name ?? ''))];
}

function kindOf(type: string, encoding: string | undefined): 'form' | 'raw' {
  const [media = ''] = type.split(';', 1);
  const plain = media.trim().toLowerCase();
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new GatewayError('unsupported_media_type', 'Expected a body without Content-Encoding');
  }
  if (plain === 'multipart/form-data') return 'form';
  if (plain === 'application/octet-stream' || /^image\/[\w.+-]+$/.test(plain)) return 'raw';
  throw new GatewayError(
    'unsupported_media_type',
    'Expected multipart/form-data with files, or a picture as application/octet-stream or image/*',
  );
}

class Upload {
  readonly #parts: UploadParts;
  readonly #context: Context;
  readonly #max_bytes: number;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #items: Promise<UploadItem>[] = [];
  #fields: UploadFields;
  #given: Record<string, string> = {};
  #albumChecked: Promise<void> | undefined;

  constructor(parts: UploadParts, context: Context, fields: UploadFields, max_bytes: number) {
    this.#parts = parts;
    this.#context = context;
    this.#fields = fields;
    this.#max_bytes = max_bytes;
    this.#signal = AbortSignal.any([context.signal, this.#stop.signal]);
  }

  async readRaw(req: IncomingMessage, name: string): Promise<UploadItem> {
    const file = Readable.from(patiently(req), { objectMode: false });
    try {
      return await this.#take(name, file);
    } catch (error) {
      return this.#failed(name, error);
    } finally {
      file.destroy();
    }
  }

  async readForm(req: IncomingMessage, type: string): Promise<UploadItem[]> {
    try {
      const heard = {
        field: (name: string, value: string) => this.#addField(name, value),
        file: (name: string, file: Readable) => this.#addFile(name, file),
      };
      await readMultipart(type, patiently(req), heard, this.#signal);
    } catch (error) {
      this.#stop.abort(error);
      const items = await Promise.all(this.#items);
      throw isProblem(error) ? withItems(error, items) : error;
    }
    const items = await Promise.all(this.#items);
    if (items.length === 0)
      throw new GatewayError('invalid_request', 'Expected at least one file with a name in the form, received none');
    return items;
  }

  #addField(name: string, value: string): void {
    if (this.#items.length > 0)
      throw new GatewayError('invalid_request', `Expected the field ${name.slice(0, 100)} before the files`);
    // A file input that nobody filled sends an empty part.
    if (value !== '') this.#given[name] = value;
  }

  #addFile(name: string, file: Readable): void {
    if (this.#items.length === 0) this.#fields = { ...this.#fields, ...fieldsOf(this.#given) };
    this.#items.push(this.#takeInTurn(keptName(name), file));
  }

  async #takeInTurn(name: string, file: Readable): Promise<UploadItem> {
    try {
      return await this.#take(name, file);
    } catch (error) {
      const failed = this.#failed(name, error);
      // The files behind it can only be heard once it has passed; but it may not go on for ever.
      if (!(await discard(file, this.#max_bytes, this.#signal))) this.#stop.abort(this.#asProblem(error));
      return failed;
    }
  }

  async #take(name: string, file: Readable): Promise<UploadItem> {
    const leave = await this.#parts.places.take(this.#signal);
    try {
      return await this.#send(name, file);
    } finally {
      leave();
    }
  }

  #failed(name: string, error: unknown): UploadItem {
    return { name, status: 'failed', problem: problemOf(this.#asProblem(error), this.#context.request) };
  }

  async #send(name: string, file: Readable): Promise<UploadItem> {
    const fields = this.#fields;
    if (fields.album !== undefined)
      await (this.#albumChecked ??= expectAlbum(this.#parts, this.#context, fields.album));
    const body = capped(file, this.#max_bytes);
    const gone = new AbortController();
    // What has arrived whole is taken in, even if nobody waits for the answer any more.
    const cut = () => {
      if (!body.writableFinished) gone.abort(this.#signal.reason);
    };
    this.#signal.addEventListener('abort', cut, { once: true });
    try {
      return await takeIn(this.#parts, this.#context, { name, body, fields, signal: gone.signal });
    } finally {
      this.#signal.removeEventListener('abort', cut);
      file.unpipe(body);
      body.destroy();
    }
  }

  #asProblem(error: unknown): GatewayError {
    if (isProblem(error)) return error;
    if (this.#signal.aborted)
      return new GatewayError('invalid_request', 'Expected the whole file, the upload was cut off', { cause: error });
    this.#context.log.error({ err: error }, 'a file could not be taken in');
    return new GatewayError(
      'internal_error',
      'The gateway met an error it did not expect; its log has the request id',
      { cause: error },
    );
  }
}

/** Throws invalid_request. */
function fieldsOf(given: Readonly<Record<string, string>>): UploadFields {
  const parsed = UploadFields.safeParse(given);
  if (parsed.success) return parsed.data;
  const told = parsed.error.issues.slice(0, 5).map(({ path, message }) => [...path.map(String), message].join(': '));
  throw new GatewayError('invalid_request', `In the fields of the form: ${told.join('; ').slice(0, 500)}`);
}

/** The answer where every file failed: the problem of the first. */
export function withItems(error: GatewayError, items: readonly UploadItem[]): GatewayError {
  return new GatewayError(error.code, error.message, { ...error.extras, details: { ...error.extras.details, items } });
}
