/** A stream as a file to be saved. */
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { attachment, NEVER_RUN } from '../../processing/send-blob.ts';

interface Asker {
  readonly req: Request;
  readonly res: Response;
  readonly signal: AbortSignal;
}

/** Resolves when it is sent, or when the caller went away. */
export async function sendDownload(
  { req, res, signal }: Asker,
  name: string,
  type: string,
  content: Readable,
): Promise<void> {
  res.set({
    'Content-Type': type,
    'Content-Disposition': attachment(name),
    ...NEVER_RUN,
    'Cache-Control': 'no-store',
  });
  if (req.method === 'HEAD') {
    content.destroy();
    res.end();
    return;
  }
  try {
    await pipeline(content, res);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
