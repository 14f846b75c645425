/** Long work may take minutes, a dead service for ever: while work is waited for, somebody listens for a heartbeat. */

const MISSES = 3;

export class Pulse {
  readonly #alive: () => Promise<boolean>;
  readonly #beat_ms: number;
  readonly #waiting = new Set<() => void>();
  #beating = false;
  #missed = 0;

  /** alive must answer within a bounded time. */
  constructor(alive: () => Promise<boolean>, beat_ms: number) {
    this.#alive = alive;
    this.#beat_ms = beat_ms;
  }

  /** lost is called when no beat was felt several times in a row. Returns how to stop listening. */
  watch(lost: () => void): () => void {
    this.#waiting.add(lost);
    if (!this.#beating) this.#next();
    return () => void this.#waiting.delete(lost);
  }

  #next(): void {
    this.#beating = true;
    setTimeout(() => void this.#feel(), this.#beat_ms).unref();
  }

  async #feel(): Promise<void> {
    if (this.#waiting.size > 0) this.#missed = (await this.#alive()) ? 0 : this.#missed + 1;
    if (this.#missed >= MISSES) {
      for (const lost of [...this.#waiting]) lost();
      this.#waiting.clear();
    }
    this.#beating = false;
    if (this.#waiting.size > 0) this.#next();
    else this.#missed = 0;
  }
}
