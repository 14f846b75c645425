/** Places of each account, over all that it wants at once: one busy account shall not keep everybody else out. */
import { Places } from './places.ts';

export class AccountPlaces {
  readonly #count: number;
  readonly #most_ms: number;
  readonly #open = new Map<string, { readonly places: Places; users: number }>();

  /** count: places of one account. most_ms: how long anybody waits for one. */
  constructor(count: number, most_ms: number) {
    this.#count = count;
    this.#most_ms = most_ms;
  }

  /** Gives the account's places to the work, and forgets them after its last one. */
  async during<T>(account: string, work: (places: Places) => Promise<T>): Promise<T> {
    const own = this.#open.get(account) ?? { places: new Places(this.#count, this.#most_ms), users: 0 };
    this.#open.set(account, own);
    own.users += 1;
    try {
      return await work(own.places);
    } finally {
      own.users -= 1;
      if (own.users === 0) this.#open.delete(account);
    }
  }
}
