/** Wakes those who follow the journal once there is something new for them, whichever gateway wrote it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../logs.ts';
import type { Store } from '../store/store.ts';
import type { Journal } from './journal.ts';

/** Other gateways write to the same MongoDB: only asking tells. An SQLite file has one gateway. */
const ASKED_EACH_MS = 1000;

export class Arrivals {
  readonly #journal: Journal;
  readonly #log: Log;
  readonly #others: boolean;
  readonly #wakes = new Map<string, Set<() => void>>();
  #stop: (() => void) | undefined;

  constructor({ store, journal, log }: { readonly store: Store; readonly journal: Journal; readonly log: Log }) {
    this.#journal = journal;
    this.#log = log;
    this.#others = store.kind === 'mongodb';
  }

  /** wake must not throw; it is called too often rather than too rarely. Returns how to stop. */
  follow(owner: string, wake: () => void): () => void {
    const wakes = this.#wakes.get(owner) ?? new Set();
    this.#wakes.set(owner, wakes.add(wake));
    this.#stop ??= this.#begin();
    return () => {
      wakes.delete(wake);
      if (wakes.size === 0 && this.#wakes.get(owner) === wakes) this.#wakes.delete(owner);
      if (this.#wakes.size > 0) return;
      this.#stop?.();
      this.#stop = undefined;
    };
  }

  #begin(): () => void {
    const over = new AbortController();
    const unlisten = this.#journal.listen(({ owner }) => this.#wakes.get(owner)?.forEach((wake) => wake()));
    if (this.#others) void this.#ask(over.signal);
    return () => {
      unlisten();
      over.abort();
    };
  }

  async #ask(signal: AbortSignal): Promise<void> {
    let known = -1;
    while (!signal.aborted) {
      const newest = await this.#newest();
      if (newest !== undefined && newest !== known) {
        known = newest;
        for (const wakes of this.#wakes.values()) wakes.forEach((wake) => wake());
      }
      await sleep(ASKED_EACH_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Undefined while the database does not answer: then there is nothing to tell. */
  async #newest(): Promise<number | undefined> {
    try {
      return await this.#journal.newest();
    } catch (error) {
      this.#log.warn({ err: error }, 'newest entry unknown');
      return undefined;
    }
  }
}
