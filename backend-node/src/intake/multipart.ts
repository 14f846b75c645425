/** A multipart body, read as it comes: fields first, then files, each a stream that holds the rest back until it is read. */
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { MOST_FILES } from '../contract/image-upload.ts';
import { GatewayError } from '../errors.ts';

const LIMITS = {
  files: MOST_FILES,
  fields: 20,
  parts: MOST_FILES + 20,
  fieldSize: 100_000,
  headerPairs: 20,
  headerSize: 16_384,
} as const;

export interface Heard {
  readonly field: (name: string, value: string) => void;
  /** field: what the part is called in the form. */
  readonly file: (name: string, file: BusboyFileStream, field: string) => void;
}

/** Where a form may have more of them than usual. */
export interface FieldLimits {
  readonly fields?: number;
  readonly fieldSize?: number;
}

/**
 * Rejects with invalid_request where it is not well-formed or beyond the limits, with what heard throws, and with the
 * signal's reason: even while a file is left unread.
 */
export async function readMultipart(
  type: string,
  chunks: AsyncIterable<Buffer>,
  heard: Heard,
  signal: AbortSignal,
  limits: FieldLimits = {},
): Promise<void> {
  const form = formOf(type, limits);
  const reading = new Reading();
  const stop = (): void => reading.fail(signal.reason instanceof Error ? signal.reason : new Error('stopped'));
  listen(form, reading, heard, limits.fields ?? LIMITS.fields);
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of chunks) await reading.until((done) => form.write(chunk, done));
    await reading.until((done) => {
      form.once('finish', done);
      form.end();
    });
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Waiting that an error from elsewhere ends. */
class Reading {
  #broken: Error | undefined;
  #reject: ((error: Error) => void) | undefined;

  fail(error: Error): void {
    this.#broken ??= error;
    this.#reject?.(this.#broken);
  }

  until(start: (done: (error?: Error | null) => void) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      if (this.#broken) reject(this.#broken);
      else start((error) => (error ? reject(malformed(error)) : resolve()));
    });
  }
}

function formOf(type: string, limits: FieldLimits): BusboyInstance {
  try {
    const isPartAFile = (_field: string | undefined, _type: string | undefined, name: string | undefined) =>
      name !== undefined && name !== '';
    return new Busboy({ headers: { 'content-type': type }, limits: { ...LIMITS, ...limits }, isPartAFile });
  } catch (error) {
    throw malformed(error);
  }
}

function listen(form: BusboyInstance, reading: Reading, heard: Heard, most_fields: number): void {
  const safely = (work: () => void) => {
    try {
      work();
    } catch (error) {
      reading.fail(error instanceof Error ? error : new Error(String(error)));
    }
  };
  form.on('error', (error: unknown) => reading.fail(malformed(error)));
  form.on('filesLimit', () => reading.fail(beyond(`at most ${LIMITS.files} files`)));
  form.on('fieldsLimit', () => reading.fail(beyond(`at most ${most_fields} fields`)));
  form.on('partsLimit', () => reading.fail(beyond(`at most ${LIMITS.parts} parts`)));
  form.on('field', (name: string, value: string, nameCut: boolean, valueCut: boolean) =>
    safely(() => {
      if (nameCut || valueCut) throw beyond('shorter fields');
      heard.field(name, value);
    }),
  );
  form.on('file', (field: string, file: BusboyFileStream, name: string) => {
    // Before anything else: an error without a listener would end the process.
    file.on('error', () => undefined);
    safely(() => heard.file(name, file, field));
  });
}

const malformed = (cause: unknown): GatewayError =>
  new GatewayError('invalid_request', 'Expected a whole, well-formed multipart body, received another', { cause });

const beyond = (what: string): GatewayError =>
  new GatewayError('invalid_request', `Expected ${what} in an upload, received more`);
