/** Whether the gateway and the service behind it answer. Once they did not, they are asked until they do. */
import { External } from './external.ts';

export type Connection = 'good' | 'offline' | 'unavailable';

const ASK_EACH_MS = 2000;

class Connecting extends External<Connection> {
  #asking: ReturnType<typeof setInterval> | undefined;

  /** What a call met. A good answer of one route does not say that the service is back: only readyz does. */
  report(met: Connection): void {
    if (met === 'good') {
      if (this.get() === 'offline') void this.#ask();
      return;
    }
    this.set(met);
    this.#asking ??= setInterval(() => void this.#ask(), ASK_EACH_MS);
  }

  async #ask(): Promise<void> {
    const ready = await fetch('/api/v1/readyz').then(
      ({ ok }): Connection => (ok ? 'good' : 'unavailable'),
      (): Connection => 'offline',
    );
    this.set(ready);
    if (ready !== 'good') return;
    clearInterval(this.#asking);
    this.#asking = undefined;
  }
}

export const connection = new Connecting('good');
