/** The one client of pyservice: keep-alive, timeouts, retries where a repeat does no harm, a circuit breaker. */
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import type { z } from 'zod';
import { GatewayError } from '../errors.ts';
import type { Log } from '../logs.ts';
import { parsedJson, problemIn, succeeded, textOf, unavailable, type Answer } from './answers.ts';
import { Breaker } from './breaker.ts';
import { Pulse } from './pulse.ts';
import { serviceTokens } from './service-token.ts';
import { stalled, uploadOf, type Upload } from './upload.ts';

export type { Answer } from './answers.ts';

// Shorter than pyservice keeps an idle connection (30 s), so that no request meets a closing one.
const KEEP_ALIVE_MS = 15_000;
const CONNECT_MS = 3000;
const QUICK_MS = 15_000;
export const WORK_MS = 180_000;
const PAUSE_MS = 60_000;
const BEAT_MS = 4000;
const STALLED_MS = 20_000;
const MOST_JSON = 20_000_000;
const TRIES = 3;
const PATIENCE_MS = 20_000;

export interface Wish {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly json?: unknown;
  /** A body that is no JSON; headers say what it is. */
  readonly bytes?: Buffer | string;
  /** A body that is sent as it comes, and once only. Refused early, it is left paused. */
  readonly stream?: Readable;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds until the answer must begin; of a stream, once it is sent. */
  readonly timeout_ms?: number;
  readonly signal?: AbortSignal;
  readonly request?: string;
  /** Not to be tried again. */
  readonly once?: boolean;
}

/** How a call went. outcome: the status, "unavailable" or "aborted". */
export interface Heard {
  readonly verb: string;
  readonly outcome: string;
  readonly elapsed_ms: number;
}

export interface PyserviceOptions {
  readonly url: string;
  readonly secret: string;
  readonly log: Log;
  readonly connections?: number;
  /** Between two heartbeats, and how long one is waited for. */
  readonly beat_ms?: number;
  /** How long a file may pause on its way in. */
  readonly stalled_ms?: number;
}

export class Pyservice {
  readonly #pool: Pool;
  /** Of its own, so that a heartbeat waits behind nobody. */
  readonly #probes: Pool;
  readonly #token: () => Promise<string>;
  readonly #breaker = new Breaker();
  readonly #pulse: Pulse;
  readonly #log: Log;
  readonly #beat_ms: number;
  readonly #stalled_ms: number;
  readonly #listeners = new Set<(heard: Heard) => void>();

  constructor({ url, secret, log, connections = 64, beat_ms = BEAT_MS, stalled_ms = STALLED_MS }: PyserviceOptions) {
    this.#beat_ms = beat_ms;
    this.#stalled_ms = stalled_ms;
    this.#token = serviceTokens(secret);
    this.#log = log;
    const options = {
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      connect: { timeout: CONNECT_MS },
      bodyTimeout: PAUSE_MS,
    };
    this.#pool = new Pool(url, { ...options, connections });
    this.#probes = new Pool(url, { ...options, connections: 2 });
    this.#pulse = new Pulse(() => this.#alive(), beat_ms);
  }

  /** Whether calls are refused for now, because the last ones failed. */
  get refusing(): boolean {
    return this.#breaker.open;
  }

  /** heard is called after each call. Returns how to stop. */
  listen(heard: (heard: Heard) => void): () => void {
    this.#listeners.add(heard);
    return () => void this.#listeners.delete(heard);
  }

  /** JSON of the shape. Rejects with GatewayError: pyservice's own problem, or processing_unavailable. */
  async json<T extends z.ZodType>(wish: Wish, shape: T): Promise<z.output<T>> {
    const text = await this.#asked(wish, (answer) => textOf(answer, MOST_JSON));
    const parsed = shape.safeParse(parsedJson(text));
    if (parsed.success) return parsed.data;
    throw new GatewayError('internal_error', 'The processing service answered something that was not expected', {
      cause: parsed.error,
    });
  }

  /** An answer of 2xx, 304 or 416 with its body unread: read or destroy it. Otherwise rejects with GatewayError. */
  send(wish: Wish): Promise<Answer> {
    return this.#asked(wish, (answer) => Promise.resolve(answer));
  }

  async close(): Promise<void> {
    await Promise.all([this.#pool.destroy(), this.#probes.destroy()]);
  }

  async #asked<T>(wish: Wish, read: (answer: Answer) => Promise<T>): Promise<T> {
    const started = Date.now();
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#once(wish, read);
      } catch (error) {
        const wait = error instanceof GatewayError ? waitBefore(error, tries) : undefined;
        const late = wait === undefined || Date.now() + wait - started > PATIENCE_MS;
        if (wish.once || wish.stream || late) throw error;
        await sleep(wait, undefined, wish.signal && { signal: wish.signal });
      }
    }
  }

  async #once<T>(wish: Wish, read: (answer: Answer) => Promise<T>): Promise<T> {
    const refused_s = this.#breaker.refusedFor();
    if (refused_s > 0) throw unavailable(refused_s);
    const started = performance.now();
    const upload = wish.stream && uploadOf(wish.stream, this.#stalled_ms);
    let outcome = 'aborted';
    try {
      const answer = await this.#dispatch(wish, upload);
      outcome = String(answer.statusCode);
      const result = succeeded(answer) ? await read(answer) : await problemIn(answer);
      this.#breaker.succeeded();
      if (result instanceof GatewayError) throw result;
      return result;
    } catch (thrown) {
      const error = thrown instanceof GatewayError ? thrown : await this.#failure(thrown, wish, upload);
      if (error instanceof GatewayError && error.code === 'processing_unavailable') outcome = 'unavailable';
      this.#logFailure(error, wish);
      throw error;
    } finally {
      upload?.body.destroy();
      this.#tell({ verb: verbOf(wish), outcome, elapsed_ms: performance.now() - started });
    }
  }

  async #dispatch(wish: Wish, upload: Upload | undefined): Promise<Answer> {
    const limit_ms = wish.timeout_ms ?? QUICK_MS;
    const patience = new AbortController();
    const end = (): void => patience.abort(new Error('no answer in time'));
    // A stream may take its time: its clock starts when it is sent. Waiting for a connection counts for the others.
    const timer = upload ? undefined : setTimeout(end, limit_ms);
    const unwatch = this.#pulse.watch(end);
    const signal = wish.signal ? AbortSignal.any([patience.signal, wish.signal]) : patience.signal;
    try {
      const headers = await this.#headers(wish);
      const answer = this.#pool.request({
        method: wish.method,
        path: wish.path,
        headers,
        body: upload?.body ?? wish.bytes ?? (wish.json === undefined ? null : JSON.stringify(wish.json)),
        headersTimeout: limit_ms,
        signal,
      });
      // One that still waits for a connection does not hear of the signal.
      return await Promise.race([answer, abortOf(signal)]);
    } finally {
      clearTimeout(timer);
      unwatch();
    }
  }

  /** Whose fault it was: the caller's, who went away or stopped sending, or pyservice's. */
  async #failure(thrown: unknown, wish: Wish, upload: Upload | undefined): Promise<unknown> {
    if (wish.signal?.aborted) return wish.signal.reason;
    const cut = upload?.failure();
    if (cut) return cut instanceof GatewayError ? cut : cutOff(cut);
    if (upload && !upload.whole() && (await this.#alive())) {
      return stalled(thrown);
    }
    this.#breaker.failed();
    return unavailable(2, thrown);
  }

  async #alive(): Promise<boolean> {
    try {
      const signal = AbortSignal.timeout(this.#beat_ms);
      const answer = await this.#probes.request({ method: 'GET', path: '/healthz', signal });
      await answer.body.dump();
      return answer.statusCode === 200;
    } catch {
      return false;
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

  #logFailure(error: unknown, wish: Wish): void {
    if (!(error instanceof GatewayError) || error.status < 500) return;
    this.#log.warn(
      { path: wish.path, request_id: wish.request, code: error.code, err: error.cause },
      'pyservice failed',
    );
  }

  #tell(heard: Heard): void {
    for (const listener of this.#listeners) listener(heard);
  }
}

const cutOff = (cause: Error): GatewayError =>
  new GatewayError('invalid_request', 'Expected the whole file, it was cut off', { cause });

const abortOf = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });

/** POST /blobs, GET /blobs: an address without the ids in it. */
const verbOf = ({ method, path }: Wish): string => `${method} /${path.split('/')[1] ?? ''}`;

/** Milliseconds to wait before another try; undefined where another would not help. */
function waitBefore(error: GatewayError, tries: number): number | undefined {
  if (error.code === 'too_busy')
    return Math.min((error.extras.retry_after_s ?? 1) * 1000, 2000) * (0.5 + Math.random());
  if (error.code !== 'processing_unavailable' || tries >= TRIES) return undefined;
  return 100 * 2 ** tries * (0.5 + Math.random());
}
