/** An answer to somebody who is still sending: who is cut off while sending often never sees it. */
import type { Request, Response } from 'express';

const MOST_MS = 2000;
const MOST_BYTES = 64 * 1024 * 1024;

/** Sends all of the answer, reads on for a little without keeping anything, and then closes the connection. */
export function answerEarly(req: Request, res: Response, body: string): void {
  const bytes = Buffer.from(body);
  res.set({ Connection: 'close', 'Content-Length': String(bytes.length) });
  res.write(bytes);
  let left = MOST_BYTES;
  const end = (): void => {
    clearTimeout(timer);
    req.off('data', count).off('end', end).off('close', end);
    if (!req.destroyed) req.pause();
    res.end();
  };
  const count = (chunk: Buffer): void => {
    left -= chunk.length;
    // Nobody waits for the rest. The time stays, for the answer to be read.
    if (left < 0) req.off('data', count).pause();
  };
  const timer = setTimeout(end, MOST_MS);
  req.on('error', () => undefined);
  req.on('data', count).once('end', end).once('close', end).resume();
}
