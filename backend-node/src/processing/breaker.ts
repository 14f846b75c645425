/** A circuit breaker: after failures in a row it lets one caller try now and then, and refuses the others at once. */

const FAILURES = 3;
const OPEN_MS = 2000;

export class Breaker {
  #failures = 0;
  #nextTrial = 0;

  /** Seconds until the next trial; 0 where a call may go out now. A caller that gets 0 must report succeeded or failed. */
  refusedFor(now = Date.now()): number {
    if (this.#failures < FAILURES) return 0;
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
