/** So many at once for each account: others want a turn too. */
import type { GatewayError } from '../errors.ts';

export class AtOnce {
  readonly #most: number;
  readonly #refusal: () => GatewayError;
  readonly #running = new Map<string, number>();

  constructor(most: number, refusal: () => GatewayError) {
    this.#most = most;
    this.#refusal = refusal;
  }

  /** Rejects with the refusal where the account has as many running already. */
  async run<T>(account: string, work: () => Promise<T>): Promise<T> {
    const running = this.#running.get(account) ?? 0;
    if (running >= this.#most) throw this.#refusal();
    this.#running.set(account, running + 1);
    try {
      return await work();
    } finally {
      this.#leave(account);
    }
  }

  #leave(account: string): void {
    const left = (this.#running.get(account) ?? 1) - 1;
    if (left > 0) this.#running.set(account, left);
    else this.#running.delete(account);
  }
}
