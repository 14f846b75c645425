/** The one client of pyservice: keep-alive, timeouts, retries where a repeat does no harm, a circuit breaker. */
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool, type Dispatcher } from 'undici';
import type { z } from 'zod';
import { isProblemCode, Problem } from '../contract/problems.ts';
import { GatewayError } from '../errors.ts';
import type { Log } from '../logs.ts';
import { Breaker } from './breaker.ts';
import { serviceTokens } from './service-token.ts';

// Shorter than pyservice keeps an idle connection (30 s), so that no request meets a closing one.
const KEEP_ALIVE_MS = 15_000;
const CONNECT_MS = 3000;
const QUICK_MS = 15_000;
export const WORK_MS = 180_000;
const STALLED_MS = 60_000;
const MOST_JSON = 20_000_000;
const TRIES = 3;
const PATIENCE_MS = 20_000;

export interface Wish {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly json?: unknown;
  readonly stream?: Readable;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds until the answer must begin, once the body is sent. */
  readonly timeout_ms?: number;
  readonly signal?: AbortSignal;
  readonly request?: string;
  /** Once only: a body that is a stream cannot be sent twice. */
  readonly once?: boolean;
}

export type Answer = Dispatcher.ResponseData;

export class Pyservice {
  readonly #pool: Pool;
  readonly #token: () => Promise<string>;
  readonly #breaker = new Breaker();
  readonly #log: Log;

  constructor(options: { readonly url: string; readonly secret: string; readonly log: Log; readonly connections?: number }) {
    this.#token = serviceTokens(options.secret);
    this.#log = options.log;
    this.#pool = new Pool(options.url, {
      connections: options.connections ?? 64,
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      connect: { timeout: CONNECT_MS },
      bodyTimeout: STALLED_MS,
    });
  }

  /** JSON of the shape. Rejects with GatewayError: pyservice's own problem, or processing_unavailable. */
  async json<T extends z.ZodType>(wish: Wish, shape: T): Promise<z.output<T>> {
    const answer = await this.send(wish);
    return shape.parse(JSON.parse(await textOf(answer, MOST_JSON)));
  }

  /** An answer of 2xx, 304 or 416 with its body unread: read or destroy it. Otherwise rejects with GatewayError. */
  async send(wish: Wish): Promise<Answer> {
    const started = Date.now();
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#sendOnce(wish);
      } catch (error) {
        const wait = error instanceof GatewayError ? waitBefore(error, tries) : undefined;
        if (wish.once || wish.stream || wait === undefined || Date.now() + wait - started > PATIENCE_MS) throw error;
        await sleep(wait, undefined, wish.signal && { signal: wish.signal });
      }
    }
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }

  async #sendOnce(wish: Wish): Promise<Answer> {
    const refused_s = this.#breaker.refusedFor();
    if (refused_s > 0) throw unavailable(refused_s);
    const answer = await this.#dispatch(wish);
    this.#breaker.succeeded();
    if (answer.statusCode < 300 || answer.statusCode === 304 || answer.statusCode === 416) return answer;
    throw await this.#problemIn(answer, wish);
  }

  async #dispatch(wish: Wish): Promise<Answer> {
    try {
      return await this.#pool.request({
        method: wish.method,
        path: wish.path,
        headers: await this.#headers(wish),
        body: wish.stream ?? (wish.json === undefined ? null : JSON.stringify(wish.json)),
        headersTimeout: wish.timeout_ms ?? QUICK_MS,
        ...(wish.signal && { signal: wish.signal }),
      });
    } catch (error) {
      wish.signal?.throwIfAborted();
      if (wish.stream?.errored) throw wish.stream.errored;
      this.#breaker.failed();
      throw unavailable(2, error);
    }
  }

  async #headers(wish: Wish): Promise<Record<string, string>> {
    return {
      Authorization: `Bearer ${await this.#token()}`,
      ...(wish.request && { 'X-Request-Id': wish.request }),
      ...(wish.json !== undefined && { 'Content-Type': 'application/json' }),
      ...wish.headers,
    };
  }

  async #problemIn(answer: Answer, wish: Wish): Promise<GatewayError> {
    const text = await textOf(answer, 1_000_000).catch(() => '');
    const problem = Problem.safeParse(parsedJson(text)).data;
    const code = problem?.code ?? '';
    if (problem && isProblemCode(code) && code !== 'unauthorized' && code !== 'internal_error') {
      const retry_after_s = Number(answer.headers['retry-after']);
      return new GatewayError(code, problem.detail, {
        ...(problem.details && { details: problem.details }),
        ...(retry_after_s > 0 && { retry_after_s }),
      });
    }
    this.#log.error({ path: wish.path, status: answer.statusCode, code, detail: problem?.detail }, 'pyservice failed');
    if (answer.statusCode === 502 || answer.statusCode === 503 || answer.statusCode === 504) return unavailable(2);
    return new GatewayError('internal_error', 'The processing service met an error it did not expect; its log has the request id');
  }
}

/** Milliseconds to wait before another try; undefined where another would not help. */
function waitBefore(error: GatewayError, tries: number): number | undefined {
  if (error.code === 'too_busy') return Math.min((error.extras.retry_after_s ?? 1) * 1000, 2000) * (0.5 + Math.random());
  if (error.code !== 'processing_unavailable' || tries >= TRIES) return undefined;
  return 100 * 2 ** tries * (0.5 + Math.random());
}

const unavailable = (retry_after_s: number, cause?: unknown): GatewayError =>
  new GatewayError('processing_unavailable', 'The processing service does not answer', { retry_after_s, cause });

async function textOf(answer: Answer, most: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > most) throw new Error(`pyservice answered more than ${most} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
