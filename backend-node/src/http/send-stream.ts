/** A stream as an answer, no faster than the caller takes it. */
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';

export interface Asker {
  readonly req: Request;
  readonly res: Response;
  readonly signal: AbortSignal;
}

/** Resolves when it is sent, or when the caller went away. */
export async function sendStream(
  { req, res, signal }: Asker,
  headers: Readonly<Record<string, string>>,
  content: Readable,
): Promise<void> {
  res.set({ 'Cache-Control': 'no-store', ...headers });
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
