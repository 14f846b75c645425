/** A multipart body, read as it comes: fields first, then files, each a stream that holds the rest back until it is read. */
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { MOST_FILES } from '../../contract/image-upload.ts';
import { GatewayError } from '../../errors.ts';

const LIMITS = {
  files: MOST_FILES,
  fields: 10,
  parts: MOST_FILES + 10,
  fieldSize: 10_000,
  headerPairs: 20,
  headerSize: 16_384,
} as const;

export interface Heard {
  readonly field: (name: string, value: string) => void;
  readonly file: (name: string, file: BusboyFileStream) => void;
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
): Promise<void> {
  const form = formOf(type);
  const reading = new Reading();
  const stop = (): void => reading.fail(signal.reason instanceof Error ? signal.reason : new Error('stopped'));
  listen(form, reading, heard);
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

function formOf(type: string): BusboyInstance {
  try {
    const isPartAFile = (_field: string | undefined, _type: string | undefined, name: string | undefined) =>
      name !== undefined && name !== '';
    return new Busboy({ headers: { 'content-type': type }, limits: LIMITS, isPartAFile });
  } catch (error) {
    throw malformed(error);
  }
}

function listen(form: BusboyInstance, reading: Reading, heard: Heard): void {
  const safely = (work: () => void) => {
    try {
      work();
    } catch (error) {
      reading.fail(error instanceof Error ? error : new Error(String(error)));
    }
  };
  form.on('error', (error: unknown) => reading.fail(malformed(error)));
  form.on('filesLimit', () => reading.fail(beyond(`at most ${LIMITS.files} files`)));
  form.on('fieldsLimit', () => reading.fail(beyond(`at most ${LIMITS.fields} fields`)));
  form.on('partsLimit', () => reading.fail(beyond(`at most ${LIMITS.parts} parts`)));
  form.on('field', (name: string, value: string, nameCut: boolean, valueCut: boolean) =>
    safely(() => {
      if (nameCut || valueCut) throw beyond('shorter fields');
      heard.field(name, value);
    }),
  );
  form.on('file', (_field: string, file: BusboyFileStream, name: string) => {
    // Before anything else: an error without a listener would end the process.
    file.on('error', () => undefined);
    safely(() => heard.file(name, file));
  });
}

const malformed = (cause: unknown): GatewayError =>
  new GatewayError('invalid_request', 'Expected a whole, well-formed multipart body, received another', { cause });

const beyond = (what: string): GatewayError =>
  new GatewayError('invalid_request', `Expected ${what} in an upload, received more`);
