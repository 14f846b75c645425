/** Work on borrowed pictures: so many at once for each account, the result as bytes, nothing kept. */
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { PREVIEW_TOLD, PreviewTold } from '../../contract/preview.ts';
import { contextOf } from '../../http/request.ts';
import { AccountPlaces } from '../../processing/account-places.ts';
import { parsedJson } from '../../processing/answers.ts';
import type { Asking, PreviewWish } from '../../processing/processing.ts';
import type { Answer } from '../../processing/pyservice.ts';
import { NEVER_RUN } from '../../processing/send-blob.ts';
import { Borrowed } from './borrowed.ts';
import type { Caller } from './callers.ts';
import { readForm, type Form } from './form.ts';
import type { CompatParts } from './parts.ts';

const MOST_AT_ONCE = 4;
const MOST_WAIT_MS = 120_000;

/** A result, its bytes unread. */
export interface Result {
  readonly answer: Answer;
  readonly told: PreviewTold;
  readonly mime: string;
}

export class Pictures {
  readonly borrowed: Borrowed;
  readonly #parts: CompatParts;
  readonly #accounts = new AccountPlaces(MOST_AT_ONCE, MOST_WAIT_MS);

  constructor(parts: CompatParts) {
    this.#parts = parts;
    this.borrowed = new Borrowed(parts);
  }

  /** In the caller's turn. Rejects with too_busy where that takes too long. */
  inTurn<T>(req: Request, caller: Caller, work: (asking: Asking) => Promise<T>): Promise<T> {
    const { signal, request } = contextOf(req);
    return this.#accounts.during(caller.id, async (places) => {
      const leave = await places.take(signal);
      try {
        return await work({ signal, request, who: caller });
      } finally {
        leave();
      }
    });
  }

  /** files: under which names pictures are sent. Rejects as readForm and ingest do. */
  async form(req: Request, asking: Asking, files: readonly string[]): Promise<Form> {
    const max_bytes = await this.max_bytes();
    const take = this.borrowed.fromStream.bind(this.borrowed);
    return readForm(req, asking, { files, max_bytes, take });
  }

  async max_bytes(): Promise<number> {
    return (await this.#parts.processing.about()).max_bytes;
  }

  /** Rejects as preview does. */
  async result(wish: PreviewWish, asking: Asking): Promise<Result> {
    const answer = await this.#parts.processing.preview(wish, asking);
    const header = answer.headers[PREVIEW_TOLD.toLowerCase()];
    const told = PreviewTold.parse(parsedJson(typeof header === 'string' ? header : ''));
    const type = answer.headers['content-type'];
    return { answer, told, mime: typeof type === 'string' ? type : 'application/octet-stream' };
  }
}

/** Resolves once it is sent, or cannot be. */
export async function sendResult(
  res: Response,
  { answer, mime }: Result,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const length = answer.headers['content-length'];
  res.status(200).set({
    'Cache-Control': 'no-store',
    ...NEVER_RUN,
    ...headers,
    'Content-Type': mime,
    ...(typeof length === 'string' && { 'Content-Length': length }),
  });
  try {
    await pipeline(answer.body, res);
  } catch {
    // Cut off in the middle, on either side: there is nobody left to tell.
    res.destroy();
  }
}

export const bytesOfResult = async ({ answer }: Result): Promise<Buffer> =>
  Buffer.from(await answer.body.arrayBuffer());
