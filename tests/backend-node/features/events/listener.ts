import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../../studio.ts';

export interface Heard {
  readonly id: string;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Somebody who follows the events, as a browser would. */
export class Listener {
  readonly events: Heard[] = [];
  readonly headers: Headers;
  readonly status: number;
  beats = 0;
  /** Where to resume. */
  last = '';
  ended = false;
  readonly #stop: AbortController;

  private constructor(answer: Response, stop: AbortController) {
    this.headers = answer.headers;
    this.status = answer.status;
    this.#stop = stop;
    void this.#read(answer);
  }

  static async open(who: Client, last?: string, given: Readonly<Record<string, string>> = {}): Promise<Listener> {
    const stop = new AbortController();
    const headers = { ...given, ...(last !== undefined && { 'Last-Event-ID': last }) };
    const listener = new Listener(await who.call('/events', { headers, signal: stop.signal }), stop);
    if (listener.status === 200) await listener.until(() => listener.last !== '');
    return listener;
  }

  async until(condition: () => boolean, patience_ms = 5000): Promise<void> {
    const latest = Date.now() + patience_ms;
    while (!condition()) {
      if (Date.now() > latest) throw new Error(`waited in vain; heard ${JSON.stringify(this.events)}`);
      await sleep(5);
    }
  }

  close(): void {
    this.#stop.abort();
  }

  async #read(answer: Response): Promise<void> {
    let text = '';
    const decoder = new TextDecoder();
    try {
      for await (const chunk of answer.body ?? []) {
        text += decoder.decode(chunk as Uint8Array, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) this.#take(block);
      }
    } catch {
      // Cut off, or closed by us.
    }
    this.ended = true;
  }

  #take(block: string): void {
    const fields = new Map(block.split('\n').map((line) => splitOnce(line)));
    if (fields.has('')) this.beats += 1;
    const id = fields.get('id');
    if (id !== undefined) this.last = id;
    const data = fields.get('data');
    if (data === undefined) return;
    const parsed = JSON.parse(data) as Heard['data'];
    this.events.push({ id: id ?? '', event: fields.get('event') ?? '', data: parsed });
  }
}

function splitOnce(line: string): [string, string] {
  const at = line.indexOf(':');
  return [line.slice(0, at), line.slice(at + 1).trimStart()];
}
