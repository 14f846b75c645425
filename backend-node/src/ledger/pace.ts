/** How much to take on at once: enough that nobody waits for work, little enough that pausing and urgent work take effect soon. */
const AHEAD_S = 8;
const LOTS_AHEAD = 4;
const WEIGHT_OF_LATEST = 0.3;
const MEASURED_EACH_MS = 1000;

export class Pace {
  readonly #least: number;
  readonly #most: number;
  #rate_per_s = 0;
  #since = 0;
  #done = 0;

  /** least, most: items in flight. */
  constructor(least: number, most: number) {
    this.#least = least;
    this.#most = most;
  }

  /** So many are over just now. */
  passed(items: number, at_ms = Date.now()): void {
    if (this.#since === 0) this.#since = at_ms;
    this.#done += items;
    const elapsed_s = (at_ms - this.#since) / 1000;
    if (elapsed_s * 1000 < MEASURED_EACH_MS) return;
    const latest = this.#done / elapsed_s;
    this.#rate_per_s =
      this.#rate_per_s === 0 ? latest : this.#rate_per_s + WEIGHT_OF_LATEST * (latest - this.#rate_per_s);
    this.#since = at_ms;
    this.#done = 0;
  }

  /** After a break nothing is known of how fast it goes. */
  rested(): void {
    this.#since = 0;
    this.#done = 0;
  }

  /** How many items may be in flight. */
  get room(): number {
    return Math.round(Math.min(this.#most, Math.max(this.#least, this.#rate_per_s * AHEAD_S)));
  }

  /** How many to give out together. */
  get lot(): number {
    return Math.ceil(this.room / LOTS_AHEAD);
  }
}
