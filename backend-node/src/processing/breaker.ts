/** A circuit breaker: after failures in a row it lets one caller try now and then, and refuses the others at once. */

const FAILURES = 3;
const OPEN_MS = 1000;

export class Breaker {
  #failures = 0;
  #nextTrial = 0;

  /** Whether callers are refused. */
  get open(): boolean {
    return this.#failures >= FAILURES;
  }

  /** Seconds until the next trial; 0 where a call may go out now. */
  refusedFor(now = Date.now()): number {
    if (!this.open) return 0;
    if (now < this.#nextTrial) return Math.ceil((this.#nextTrial - now) / 1000);
    this.#nextTrial = now + OPEN_MS;
    return 0;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  failed(now = Date.now()): void {
    this.#failures += 1;
    this.#nextTrial = now + OPEN_MS;
  }
}
