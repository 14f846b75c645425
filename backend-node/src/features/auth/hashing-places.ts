/** Each hash takes 19 MiB and a core for a moment: a flood of sign-ins waits in a short line, and is then sent away. */
import { GatewayError } from '../../errors.ts';

export class Places {
  readonly #most: number;
  readonly #mostWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #taken = 0;

  constructor(most: number, mostWaiting: number) {
    this.#most = most;
    this.#mostWaiting = mostWaiting;
  }

  /** Throws too_busy where the line is full. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  async #enter(): Promise<void> {
    if (this.#taken < this.#most) {
      this.#taken += 1;
      return;
    }
    if (this.#waiting.length >= this.#mostWaiting) {
      throw new GatewayError('too_busy', 'Expected fewer people to sign in at once; try again', { retry_after_s: 2 });
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** The place goes straight to the next one in line. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#taken -= 1;
  }
}

export const hashingPlaces = new Places(2, 40);
