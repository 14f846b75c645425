/** Pictures that are here for one answer only: let go of as soon as they have come, so that no crash leaves one behind. */
import { Readable } from 'node:stream';
import type { Asking, Processing } from '../../processing/processing.ts';
import type { Fetched, Ingested } from '../../processing/shapes.ts';
import { releasing } from '../../store/released.ts';
import { retried } from '../../store/retry.ts';
import type { Store } from '../../store/store.ts';

export class Borrowed {
  readonly #store: Store;
  readonly #processing: Processing;

  constructor({ store, processing }: { readonly store: Store; readonly processing: Processing }) {
    this.#store = store;
    this.#processing = processing;
  }

  /** Rejects as ingest does. */
  fromStream(stream: Readable, asking: Asking): Promise<Ingested> {
    return this.#letGo(this.#processing.ingest(stream, asking));
  }

  fromBytes(bytes: Buffer, asking: Asking): Promise<Ingested> {
    return this.fromStream(Readable.from([bytes], { objectMode: false }), asking);
  }

  /** Rejects with blocked_address, fetch_failed, and as ingest does. */
  fromUrl(url: string, asking: Asking): Promise<Fetched> {
    return this.#letGo(this.#processing.fetch(url, asking));
  }

  /** They go after a while, unless somebody has them in a gallery. at: not before. */
  async release(blobs: readonly string[], at?: Date): Promise<void> {
    await retried(async () => this.#store.write(await releasing(this.#store, blobs, at?.toISOString())));
  }

  /** The time until housekeeping removes it is much longer than anything is worked on. */
  async #letGo<T extends Ingested>(taking: Promise<T>): Promise<T> {
    const taken = await taking;
    await this.release([taken.id, taken.thumb]);
    return taken;
  }
}
