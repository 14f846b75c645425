/** Whether the gateway can work: asked no more often than strangers should make it ask. */
import { GatewayError, isProblem } from '../../errors.ts';
import type { Processing } from '../../processing/processing.ts';
import type { Store } from '../../store/store.ts';

const FRESH_MS = 1000;
const MOST_MS = 4000;

export interface ReadinessParts {
  readonly store: Pick<Store, 'check'>;
  readonly processing: Pick<Processing, 'ready'>;
}

export class Readiness {
  readonly #parts: ReadinessParts;
  #asked: Promise<readonly string[]> = Promise.resolve([]);
  #askedAt = 0;

  constructor(parts: ReadinessParts) {
    this.#parts = parts;
  }

  /** Rejects with a problem that names all that is down. */
  async check(): Promise<void> {
    if (Date.now() - this.#askedAt >= FRESH_MS) {
      this.#askedAt = Date.now();
      this.#asked = this.#ask();
    }
    const down = await this.#asked;
    if (down.length === 0) return;
    const code = down.includes(DATABASE) ? 'store_unavailable' : 'processing_unavailable';
    throw new GatewayError(code, `Expected all parts to work, these do not: ${down.join(', ')}`, {
      retry_after_s: 2,
      details: { down },
    });
  }

  async #ask(): Promise<readonly string[]> {
    const signal = AbortSignal.timeout(MOST_MS);
    const answers = await Promise.all([
      named(DATABASE, this.#parts.store.check(), signal),
      named(PROCESSING, this.#parts.processing.ready(signal), signal),
    ]);
    return answers.flat();
  }
}

const DATABASE = 'the database';
const PROCESSING = 'the processing service';

/** The name where the work fails or takes too long. */
async function named(name: string, work: Promise<void>, signal: AbortSignal): Promise<readonly string[]> {
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  try {
    await Promise.race([work, late]);
    return [];
  } catch (error) {
    if (!isProblem(error) && !signal.aborted) throw error;
    return [name];
  }
}
