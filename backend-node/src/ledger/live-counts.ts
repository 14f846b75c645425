/** How many items of a job are where: counted now and then, and kept up with what this gateway itself does in between. */
import type { Counts, ItemRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { countItems, NONE } from './items.ts';

/** Counting 50,000 items takes some 10 ms, in which the embedded database does nothing else. */
const COUNTED_EACH_MS = 5000;

export class LiveCounts {
  readonly #store: Store;
  readonly #job: string;
  #counts: Counts = NONE;
  #countedAt = 0;

  constructor(store: Store, job: string) {
    this.#store = store;
    this.#job = job;
  }

  /** So many more were just claimed. Now and then all are counted anew: others may work on the same job. */
  async claimed(items: number): Promise<void> {
    if (Date.now() - this.#countedAt >= COUNTED_EACH_MS) {
      this.#countedAt = Date.now();
      this.#counts = await countItems(this.#store, this.#job);
      return;
    }
    const { waiting, running } = this.#counts;
    this.#counts = { ...this.#counts, waiting: Math.max(0, waiting - items), running: running + items };
  }

  /** The counts once these, which were running, are what they are now. */
  after(rows: readonly Pick<ItemRow, 'state'>[]): Counts {
    const counts = { ...this.#counts };
    for (const { state } of rows) {
      counts.running = Math.max(0, counts.running - 1);
      counts[state] += 1;
    }
    return counts;
  }

  take(rows: readonly Pick<ItemRow, 'state'>[]): void {
    this.#counts = this.after(rows);
  }
}
