/** Bytes of strangers while they arrive: capped, waited for with patience, thrown away within limits. */
import { Transform, type Readable } from 'node:stream';
import { GatewayError } from '../errors.ts';

const PAUSE_MS = 60_000;

export const tooLarge = (max_bytes: number): GatewayError =>
  new GatewayError('image_too_large', `Expected a file of at most ${max_bytes} bytes, received more`);

/** The same bytes; errs with image_too_large on the first one beyond the cap. */
export function capped(file: Readable, max_bytes: number): Transform {
  let received = 0;
  const body = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length;
      if (received > max_bytes) done(tooLarge(max_bytes));
      else done(null, chunk);
    },
  });
  // Nobody may be listening yet; who sends it on meets the error as well.
  body.on('error', () => undefined);
  file.on('error', (error: Error) => body.destroy(error));
  return file.pipe(body);
}

/** The chunks of a request. Throws upload_stalled where the caller stops sending; time we do not read does not count. */
export async function* patiently(req: Readable, pause_ms = PAUSE_MS): AsyncGenerator<Buffer, void> {
  const chunks: AsyncIterator<Buffer> = req.iterator({ destroyOnReturn: false });
  try {
    for (;;) {
      const next = await withinMs(pause_ms, chunks.next());
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    // Lets go of the request, so that others can read what is left of it; not waited for, as nothing may come any more.
    chunks.return?.().catch(() => undefined);
  }
}

async function withinMs<T>(limit_ms: number, promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(stalled()), limit_ms);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

const stalled = (): GatewayError =>
  new GatewayError('upload_stalled', 'Expected the upload to go on, nothing more came');

/** Reads on without keeping anything; whether the end was reached within so many bytes. */
export function discard(stream: Readable, most_bytes: number, signal: AbortSignal): Promise<boolean> {
  if (stream.readableEnded) return Promise.resolve(true);
  if (signal.aborted || stream.destroyed) return Promise.resolve(false);
  return new Promise((resolve) => {
    let left = most_bytes;
    const finish = (whole: boolean) => {
      stream.off('data', count).off('end', ended).off('close', cut).pause();
      signal.removeEventListener('abort', cut);
      resolve(whole);
    };
    const cut = () => finish(false);
    const ended = () => finish(true);
    const count = (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) cut();
    };
    signal.addEventListener('abort', cut, { once: true });
    stream.on('error', cut).on('data', count).on('end', ended).on('close', cut).resume();
  });
}
