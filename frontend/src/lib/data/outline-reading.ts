/**
 * Reads one outline, as often as it changed but not more: a long one takes seconds, and events come several a second.
 * A reading that runs is joined, never cancelled, so that steady news cannot keep it from ending.
 */
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { linesOf } from '../api/lines.ts';
import type { Outline } from './outline.ts';

const LONG = 5000;
const LONG_REST_MS = 20_000;
const SHORT_REST_MS = 300;
/** What has arrived is shown so often. */
const SHOW_EACH_MS = 250;

type Entry = readonly [id: string, width: number, height: number];

export class OutlineReading {
  readonly #client: QueryClient;
  readonly #key: QueryKey;
  #running: Promise<Outline> | undefined;
  #last_ms = -Infinity;
  #hurried = false;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(client: QueryClient, key: QueryKey) {
    this.#client = client;
    this.#key = key;
  }

  /** What there is now, or, where it was read a moment ago, what was there then and once more later. */
  read(ask: () => Promise<Response>): Promise<Outline> {
    const known = this.#known();
    if (this.#running || (known?.complete && Date.now() < this.#due(known))) {
      this.#later();
      if (this.#running) return this.#running;
      if (known) return Promise.resolve(known);
    }
    this.#last_ms = Date.now();
    this.#hurried = false;
    this.#running = this.#take(ask).finally(() => (this.#running = undefined));
    return this.#running;
  }

  /** Something was changed here: what is being read is old, and the next reading need not wait. */
  hurry(): void {
    this.#last_ms = -Infinity;
    this.#hurried = true;
  }

  async #take(ask: () => Promise<Response>): Promise<Outline> {
    const ids: string[] = [];
    const ratios: number[] = [];
    let shown_ms = -Infinity;
    for await (const line of linesOf(await ask())) {
      for (const [id, width, height] of JSON.parse(line) as Entry[]) {
        ids.push(id);
        ratios.push(width > 0 && height > 0 ? width / height : 1);
      }
      const known = this.#known();
      if (known?.complete || ids.length <= (known?.ids.length ?? 0) || Date.now() < shown_ms + SHOW_EACH_MS) continue;
      shown_ms = Date.now();
      this.#client.setQueryData<Outline>(this.#key, outlineOf(ids, ratios, false));
    }
    const known = this.#known();
    if (this.#hurried && known) return known;
    const outline = outlineOf(ids, ratios, true);
    // Whoever asked may have been told to ask again meanwhile: it is put where everybody looks.
    this.#client.setQueryData<Outline>(this.#key, outline);
    return outline;
  }

  #known(): Outline | undefined {
    return this.#client.getQueryData<Outline>(this.#key);
  }

  #due({ ids }: Outline): number {
    return this.#last_ms + (ids.length > LONG ? LONG_REST_MS : 0);
  }

  #later(): void {
    if (this.#again) return;
    const known = this.#known();
    const wait_ms = Math.max(SHORT_REST_MS, known ? this.#due(known) - Date.now() : 0);
    this.#again = setTimeout(() => {
      this.#again = undefined;
      void this.#client.invalidateQueries({ queryKey: this.#key, exact: true });
    }, wait_ms);
  }
}

const outlineOf = (ids: readonly string[], ratios: readonly number[], complete: boolean): Outline => ({
  ids: [...ids],
  ratios: Float32Array.from(ratios),
  complete,
});
