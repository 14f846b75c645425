/** Streams into a zip that is made while it is sent: one is read at a time, and no faster than the caller takes it. */
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { ZipFile } from 'yazl';

/** Rejects where the zip fails or the caller goes away. One for all files: each would leave its listeners behind. */
export function failureOf(zip: ZipFile, signal: AbortSignal): Promise<never> {
  const failed = once(zip, 'error', { signal }).then(([error]: unknown[]) => {
    throw error;
  });
  failed.catch(() => undefined);
  return failed;
}

/** Resolves once it was read to its end. Pictures are compressed already: they are stored as they are. */
export async function add(zip: ZipFile, stream: Readable, name: string, broken: Promise<never>): Promise<void> {
  try {
    zip.addReadStream(stream, name, { compress: false, mode: 0o100644 });
    await Promise.race([finished(stream), broken]);
  } catch (error) {
    stream.on('error', () => undefined).destroy();
    throw error;
  }
}
