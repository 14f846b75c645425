/** A stream as a file to be saved. */
import type { Readable } from 'node:stream';
import { sendStream, type Asker } from '../http/send-stream.ts';
import { attachment, NEVER_RUN } from './send-blob.ts';

/** Resolves when it is sent, or when the caller went away. */
export function sendDownload(asker: Asker, name: string, type: string, content: Readable): Promise<void> {
  const headers = { 'Content-Type': type, 'Content-Disposition': attachment(name), ...NEVER_RUN };
  return sendStream(asker, headers, content);
}
