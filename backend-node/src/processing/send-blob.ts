/** A blob as the answer to a request: ETag, ranges, caching, and headers that keep a browser from running it. */
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { GatewayError, isProblem } from '../errors.ts';
import { missingBlob } from './missing.ts';
import type { Asking, Processing } from './processing.ts';
import { unaltered } from './sound.ts';

/** A Call is one. */
export interface Asker extends Asking {
  readonly req: Request;
  readonly res: Response;
}

export interface SentBlob {
  readonly blob: string;
  /** What the facts say. Anything that is not a picture's type is sent as application/octet-stream. */
  readonly mime: string;
  /** The address names these very bytes: they may be kept for ever. Otherwise a browser asks each time whether they changed. */
  readonly lasting: boolean;
  /** Save it under this name (as downloadName makes one) instead of showing it. */
  readonly download?: string;
}

const PICTURE_TYPES = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/avif',
  'image/heif',
  'image/tiff',
  'image/bmp',
  'image/gif',
]);

/** For bytes that people sent: a browser shows or saves them, whatever they hold. */
export const NEVER_RUN = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** Ranges, If-Range, 304, 416 and HEAD are dealt with. Rejects with corrupt_blob, range_not_satisfiable. */
export async function sendBlob(call: Asker, processing: Processing, wish: SentBlob): Promise<void> {
  begin(call.res, wish);
  if (answeredAsKnown(call)) return;
  try {
    const place = await processing.fileOf(wish.blob);
    if (place) await sendFile(call, place);
    else await passOn(call, processing, wish.blob);
  } catch (error) {
    if (call.signal.aborted) return;
    forgetHeaders(call.res);
    throw isProblem(error, 'not_found') ? missingBlob(error) : error;
  }
}

/** A thumb: small enough to be answered from memory. Rejects with corrupt_blob. */
export async function sendThumb(call: Asker, processing: Processing, wish: Omit<SentBlob, 'mime'>): Promise<void> {
  const { req, res } = call;
  // Before the bytes are there: a browser that has them costs no reading.
  begin(res, { ...wish, mime: '' });
  if (answeredAsKnown(call)) return;
  try {
    const bytes = await processing.small(wish.blob, call);
    res.set({ 'Content-Type': thumbType(bytes), 'Content-Length': String(bytes.length) });
    res.end(req.method === 'HEAD' ? undefined : bytes);
  } catch (error) {
    forgetHeaders(res);
    throw error;
  }
}

/** Thumbs are WebP where they are transparent, JPEG otherwise. */
export const thumbType = (bytes: Buffer): string =>
  bytes.subarray(0, 4).toString('latin1') === 'RIFF' ? 'image/webp' : 'image/jpeg';

function begin(res: Response, { blob, mime, lasting, download }: SentBlob): void {
  res.set({
    ETag: `"${blob}"`,
    'Cache-Control': lasting ? 'private, max-age=31536000, immutable' : 'private, no-cache',
    'Content-Type': PICTURE_TYPES.has(mime) ? mime : 'application/octet-stream',
    ...NEVER_RUN,
    ...(download !== undefined && { 'Content-Disposition': attachment(download) }),
  });
}

/** 304 where If-None-Match names these bytes. */
function answeredAsKnown({ req, res }: Asker): boolean {
  if (!req.fresh) return false;
  res.removeHeader('Content-Type');
  res.status(304).end();
  return true;
}

function forgetHeaders(res: Response): void {
  if (res.headersSent) return;
  for (const name of ['ETag', 'Content-Disposition', 'Accept-Ranges', 'Content-Length', 'Content-Range'])
    res.removeHeader(name);
}

/** RFC 6266 and 8187: a name in ASCII for the old, the real one for the others. */
export function attachment(name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const exact = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}

function sendFile({ res }: Asker, [root, path]: readonly [string, string]): Promise<void> {
  const options = { root, dotfiles: 'allow', lastModified: false, cacheControl: false } as const;
  return new Promise((resolve, reject) => {
    res.sendFile(path, options, (error: unknown) => {
      if (error) reject(asProblem(error));
      else resolve();
    });
  });
}

function asProblem(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const status = 'status' in error ? error.status : undefined;
  if (status === 404) return missingBlob(error);
  if (status !== 416) return error;
  const headers = 'headers' in error ? (error.headers as Readonly<Record<string, string>>) : {};
  return outsideFile(headers['Content-Range']);
}

const outsideFile = (range: string | undefined): GatewayError =>
  new GatewayError('range_not_satisfiable', 'Expected a range within the file', {
    ...(range !== undefined && { headers: { 'Content-Range': range } }),
  });

async function passOn({ req, res, ...asking }: Asker, processing: Processing, blob: string): Promise<void> {
  const answer = await processing.blob(blob, rangeHeaders(req), { signal: asking.signal, request: asking.request });
  const told = (name: string): string | undefined => {
    const value = answer.headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  if (answer.statusCode === 416) {
    await answer.body.dump();
    throw outsideFile(told('content-range'));
  }
  res.status(answer.statusCode).set('Accept-Ranges', 'bytes');
  for (const name of ['content-length', 'content-range']) {
    const value = told(name);
    if (value !== undefined) res.set(name, value);
  }
  if (req.method === 'HEAD') {
    answer.body.on('error', () => undefined).destroy();
    res.end();
    return;
  }
  await pipeline(answer.statusCode === 200 ? unaltered(blob, answer.body) : answer.body, res);
}

function rangeHeaders(req: Request): Record<string, string> {
  const range = req.get('Range');
  const condition = req.get('If-Range');
  return { ...(range !== undefined && { Range: range }), ...(condition !== undefined && { 'If-Range': condition }) };
}
