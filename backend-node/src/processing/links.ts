/** Addresses at which a store away from here gives blobs out itself, so that their bytes need not go through pyservice. */
import { Agent, request } from 'undici';
import { z } from 'zod';
import type { Answer } from './answers.ts';
import { Breaker } from './breaker.ts';
import type { Asking } from './processing.ts';
import type { Pyservice } from './pyservice.ts';

const Link = z.object({ url: z.url({ protocol: /^https?$/ }).nullable(), expires_in_s: z.number().positive() });

const MOST_KNOWN = 10_000;
/** Of its life: one that is used now must hold until the store has seen it. */
const USED = 0.8;
/** pyservice may have been started again with another store. */
const NONE_MS = 10_000;
const CONNECT_MS = 3000;
const ANSWER_MS = 15_000;
const PAUSE_MS = 60_000;
const ONE_RANGE = /^bytes=(\d+-\d*|-\d+)$/;

export class Links {
  readonly #service: Pyservice;
  readonly #agent = new Agent({
    connect: { timeout: CONNECT_MS },
    headersTimeout: ANSWER_MS,
    bodyTimeout: PAUSE_MS,
  });
  readonly #breaker = new Breaker();
  readonly #known = new Map<string, { readonly url: string; readonly until: number }>();
  #noneUntil = 0;

  constructor(service: Pyservice) {
    this.#service = service;
  }

  /**
   * The blob, or the part that Range and If-Range name, from the store itself: an answer of 200 or 206. undefined where
   * that is not possible now; then pyservice knows better.
   */
  async read(blob: string, headers: Readonly<Record<string, string>>, asking: Asking): Promise<Answer | undefined> {
    if (Date.now() < this.#noneUntil || this.#breaker.refusedFor() > 0) return undefined;
    const url = await this.#linkOf(blob, asking);
    return url === undefined ? undefined : this.#asked(blob, url, wished(blob, headers), asking.signal);
  }

  async #asked(
    blob: string,
    url: string,
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<Answer | undefined> {
    try {
      const answer = await request(url, { dispatcher: this.#agent, headers, signal });
      this.#breaker.succeeded();
      if (answer.statusCode === 200 || answer.statusCode === 206) return answer;
      // It may have ended sooner than was told: keys that change do that.
      this.#known.delete(blob);
      await answer.body.dump();
    } catch (error) {
      if (signal.aborted) throw error;
      this.#breaker.failed();
    }
    return undefined;
  }

  async #linkOf(blob: string, { signal, request }: Asking): Promise<string | undefined> {
    const known = this.#known.get(blob);
    if (known && Date.now() < known.until) return known.url;
    const wish = { method: 'GET', path: `/blobs/${blob}/link`, signal, request } as const;
    const { url, expires_in_s } = await this.#service.json(wish, Link);
    if (url === null) {
      this.#noneUntil = Date.now() + NONE_MS;
      return undefined;
    }
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(blob, { url, until: Date.now() + expires_in_s * 1000 * USED });
    return url;
  }
}

/** The store has entity tags of its own, so If-Range is answered here; and several ranges at once are too much for many. */
function wished(blob: string, headers: Readonly<Record<string, string>>): Record<string, string> {
  const { Range: range, 'If-Range': condition } = headers;
  const isSame = condition === undefined || condition === `"${blob}"`;
  return range !== undefined && isSame && ONE_RANGE.test(range) ? { Range: range } : {};
}
