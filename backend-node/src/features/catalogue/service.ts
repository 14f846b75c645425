/** Lists that hardly ever change: kept for a minute, and for longer while pyservice does not answer. */
import { createHash } from 'node:crypto';
import { isProblem } from '../../errors.ts';
import type { Asking, Catalogue, Processing } from '../../processing/processing.ts';

const FRESH_MS = 60_000;
const STALE_MS = 600_000;

export interface Listed {
  readonly body: unknown;
  readonly etag: string;
}

interface Kept extends Listed {
  readonly at: number;
}

export class Catalogues {
  readonly #processing: Pick<Processing, 'catalogue'>;
  readonly #clock: () => number;
  readonly #kept = new Map<Catalogue, Kept>();
  readonly #asking = new Map<Catalogue, Promise<Kept>>();

  constructor(processing: Pick<Processing, 'catalogue'>, clock: () => number = Date.now) {
    this.#processing = processing;
    this.#clock = clock;
  }

  /** Rejects with processing_unavailable where nothing younger than ten minutes is known. */
  async list(name: Catalogue, { request }: Pick<Asking, 'request'>): Promise<Listed> {
    const kept = this.#kept.get(name);
    const age_ms = kept ? this.#clock() - kept.at : Infinity;
    if (kept && age_ms < FRESH_MS) return kept;
    try {
      return await this.#asked(name, request);
    } catch (error) {
      if (kept && age_ms < STALE_MS && isProblem(error, 'processing_unavailable')) return kept;
      throw error;
    }
  }

  /** One question for all who want to know; nobody's going away ends it. */
  #asked(name: Catalogue, request: string): Promise<Kept> {
    const running = this.#asking.get(name);
    if (running) return running;
    const asking = this.#ask(name, request).finally(() => this.#asking.delete(name));
    this.#asking.set(name, asking);
    return asking;
  }

  async #ask(name: Catalogue, request: string): Promise<Kept> {
    const body = await this.#processing.catalogue(name, { request, signal: AbortSignal.timeout(FRESH_MS) });
    const digest = createHash('sha256').update(JSON.stringify(body)).digest('base64url');
    const kept = { body, etag: `"${digest}"`, at: this.#clock() };
    this.#kept.set(name, kept);
    return kept;
  }
}
