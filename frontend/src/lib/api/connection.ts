/** Whether the gateway and the service behind it answer. Once they did not, they are asked until they do. */
import { External } from './external.ts';

export type Connection = 'good' | 'offline' | 'unavailable';

const ASK_EACH_MS = 2000;
/** Longer is no answer. */
const LONGEST_MS = 10_000;

class Connecting extends External<Connection> {
  #asking: ReturnType<typeof setInterval> | undefined;
  #asked = false;

  constructor() {
    super('good');
    if (!('addEventListener' in globalThis)) return;
    // The browser knows first that the cable is out, and that it is back.
    addEventListener('offline', () => this.report('offline'));
    addEventListener('online', () => void this.#ask());
  }

  /** What a call met. A good answer of one route does not say that the service is back: only readyz does. */
  report(met: Connection): void {
    if (met === 'good') {
      if (this.get() === 'offline') void this.#ask();
      return;
    }
    this.set(met);
    this.#asking ??= setInterval(() => void this.#ask(), ASK_EACH_MS);
  }

  /** One question at a time: an older answer never comes after a newer one. */
  async #ask(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    const ready = await fetch('/api/v1/readyz', { signal: AbortSignal.timeout(LONGEST_MS) }).then(
      ({ ok }): Connection => (ok ? 'good' : 'unavailable'),
      (): Connection => 'offline',
    );
    this.#asked = false;
    if (ready !== 'good') {
      this.report(ready);
      return;
    }
    this.set('good');
    clearInterval(this.#asking);
    this.#asking = undefined;
  }
}

export const connection = new Connecting();
