/** Server-sent events on one connection: https://html.spec.whatwg.org/multipage/server-sent-events.html */
import { once } from 'node:events';
import type { Response } from 'express';

const AGAIN_MS = 2000;

export class Stream {
  readonly #res: Response;
  readonly #signal: AbortSignal;
  readonly #patience_ms: number;

  constructor(res: Response, signal: AbortSignal, patience_ms: number) {
    this.#res = res;
    this.#signal = signal;
    this.#patience_ms = patience_ms;
  }

  /** id: where to resume from, without an event. */
  async begin(id: string): Promise<void> {
    this.#res.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    });
    await this.#write(`retry: ${AGAIN_MS}\nid: ${id}\n\n`);
  }

  /** data: JSON, so that it is one line. */
  send(event: { readonly id: string; readonly name: string; readonly data: unknown }): Promise<void> {
    return this.#write(`id: ${event.id}\nevent: ${event.name}\ndata: ${JSON.stringify(event.data)}\n\n`);
  }

  beat(): Promise<void> {
    return this.#write(': still here\n\n');
  }

  /** Waits until there is room for more: nothing piles up here. */
  async #write(text: string): Promise<void> {
    if (this.#signal.aborted || this.#res.write(text)) return;
    const signal = AbortSignal.any([this.#signal, AbortSignal.timeout(this.#patience_ms)]);
    try {
      await once(this.#res, 'drain', { signal });
    } catch {
      // A reader that takes nothing is cut off; it resumes where it was. The signal aborts with that.
      this.#res.destroy();
    }
  }
}
