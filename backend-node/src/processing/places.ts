/** A bounded number of places; who finds none waits for one, in order. */
import { GatewayError } from '../errors.ts';

export class Places {
  #count: number;
  #taken = 0;
  readonly #most_ms: number;
  readonly #most_waiting: number;
  readonly #waiting = new Set<() => void>();

  /** most_ms: how long anybody waits. most_waiting: who comes when as many wait already is sent away at once. */
  constructor(count: number, most_ms: number, most_waiting = Infinity) {
    this.#count = count;
    this.#most_ms = most_ms;
    this.#most_waiting = most_waiting;
  }

  /** From now on there are so many; who has one keeps it. */
  resize(count: number): void {
    this.#count = count;
    this.#admit();
  }

  /** Waits for a place and returns how to leave it. Rejects with the signal's reason, or too_busy. */
  async take(signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.#taken < this.#count && this.#waiting.size === 0) this.#taken += 1;
    else if (this.#waiting.size < this.#most_waiting) await this.#wait(signal);
    else throw tooBusy();
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#taken -= 1;
      this.#admit();
    };
  }

  #admit(): void {
    for (const enter of this.#waiting) {
      if (this.#taken >= this.#count) return;
      this.#waiting.delete(enter);
      this.#taken += 1;
      enter();
    }
  }

  #wait(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', leave);
        this.#waiting.delete(enter);
      };
      const enter = (): void => {
        end();
        resolve();
      };
      const leave = (): void => {
        end();
        reject(signal?.aborted ? (signal.reason as Error) : tooBusy());
      };
      const timer = setTimeout(leave, this.#most_ms);
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.add(enter);
    });
  }
}

const tooBusy = (): GatewayError =>
  new GatewayError('too_busy', 'Expected a place to work, all are taken', { retry_after_s: 5 });
