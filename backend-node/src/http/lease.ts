/** The row of a request that runs: it says again and again that it does, so that a crash does not hold its key for long. */
import { isProblem } from '../errors.ts';
import { attempted } from '../store/retry.ts';
import type { IdempotencyRow } from '../store/rows.ts';
import type { Change, Store } from '../store/store.ts';

/** A request that crashed leaves its row behind; after this long another may take its place. */
const RUNNING_MS = 60_000;
const EACH_MS = 15_000;

export const until = (): string => new Date(Date.now() + RUNNING_MS).toISOString();

export class Lease {
  readonly #store: Store;
  readonly #timer: NodeJS.Timeout;
  #row: IdempotencyRow;
  #renewed: Promise<void> = Promise.resolve();

  constructor(store: Store, row: IdempotencyRow, each_ms = EACH_MS) {
    this.#store = store;
    this.#row = row;
    const renew = (): void => {
      this.#renewed = this.#renewed.then(() => this.#renew());
    };
    this.#timer = setInterval(renew, each_ms).unref();
  }

  /** Writes what becomes of the row, unless it is another's by now. */
  async end(change: (row: IdempotencyRow) => Change): Promise<void> {
    clearInterval(this.#timer);
    await this.#renewed;
    await attempted(this.#store.write([change(this.#row)]));
  }

  async #renew(): Promise<void> {
    const row = { ...this.#row, expires_at: until() };
    try {
      if (await attempted(this.#store.write([{ update: 'idempotency', row }]))) {
        this.#row = { ...row, revision: row.revision + 1 };
      }
    } catch (error) {
      // The next time it may be there again; until then the row lasts.
      if (!isProblem(error, 'store_unavailable', 'storage_full')) throw error;
    }
  }
}
