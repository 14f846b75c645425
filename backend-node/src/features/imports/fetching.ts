/** What an import does with its rows: fetch each picture, guarded, and take it into the gallery. */
import type { BatchWish } from '../../contract/batches.ts';
import { isProblem, type GatewayError } from '../../errors.ts';
import { ownEntry } from '../../events/journal.ts';
import type { Acting } from '../../http/call.ts';
import { keptName } from '../../http/file-names.ts';
import { changeImage, edit } from '../../intake/change.ts';
import { keepTaken } from '../../intake/take-in.ts';
import { itemsOfJob } from '../../ledger/items.ts';
import { isPassing, type Done, type Outcome, type Trade } from '../../ledger/trade.ts';
import type { Asking } from '../../processing/processing.ts';
import type { Fetched } from '../../processing/shapes.ts';
import type { ItemRow, JobRow } from '../../store/rows.ts';
import type { ImportParts } from './parts.ts';
import { ItemWish, JobWish } from './wish.ts';

const LOT = 200;
/** Whether it may go better later: another site is slow, or has a bad moment, which pyservice tells apart. */
const mayPass = (error: GatewayError): boolean =>
  error.code === 'internal_error' || error.extras.details?.['passing'] === true;

export class Fetching implements Trade {
  readonly kind = 'import';
  readonly lot = { least: 2, most: 8, lots: 3 };
  readonly #parts: ImportParts;

  constructor(parts: ImportParts) {
    this.#parts = parts;
  }

  /** All of them at once: they wait for others, not for us. */
  async *work(job: JobRow, items: readonly ItemRow[], asking: Asking): AsyncGenerator<Outcome> {
    const context = { ...asking, who: { id: job.owner }, log: this.#parts.log };
    const wish = JobWish.parse(job.wish);
    const going = new Map(items.map((item) => [item.id, this.#fetched(context, wish, item)]));
    while (going.size > 0) {
      const outcome = await Promise.race(going.values());
      going.delete(outcome.item.id);
      yield outcome;
    }
  }

  /** A batch of what came, where that was wished. Its id is known beforehand, so that there is only one. */
  async beforeEnd(job: JobRow, asking: Asking): Promise<void> {
    const { process, batch } = JobWish.parse(job.wish);
    if (!process || (await this.#parts.store.get('jobs', batch))) return;
    const images = await this.#taken(job);
    if (images.size === 0) return;
    const context = { ...asking, who: { id: job.owner }, log: this.#parts.log };
    const wish = { ...process, name: job.name, ids: [...images], priority: 'normal', current: true } as BatchWish;
    try {
      await this.#parts.startBatch(context, wish, batch);
    } catch (error) {
      // The pictures are there; what cannot be done with them must not keep the import from ending.
      if (!isProblem(error) || error.status >= 500 || isPassing(error.code)) throw error;
      this.#parts.log.warn({ err: error, job: job.id }, 'no batch could follow an import');
    }
  }

  /** The images that came, less those that somebody put into the trash meanwhile. */
  async #taken(job: JobRow): Promise<ReadonlySet<string>> {
    const { store } = this.#parts;
    const came = new Set<string>();
    for await (const item of itemsOfJob(store, job.id)) if (item.state === 'done') came.add(item.image);
    const ids = [...came];
    for (let at = 0; at < ids.length; at += LOT) {
      const lot = ids.slice(at, at + LOT);
      const where = { id: { in: lot }, state: 'active' } as const;
      const { rows } = await store.findFields('images', [], { where, limit: LOT });
      const active = new Set(rows.map(({ id }) => id));
      for (const id of lot) if (!active.has(id)) came.delete(id);
    }
    return came;
  }

  async #fetched(context: Acting, job: JobWish, item: ItemRow): Promise<Outcome> {
    const wish = ItemWish.parse(item.wish);
    try {
      const told = await this.#parts.processing.fetch(wish.url, context);
      // Taken in once, however often its row is written: the second time it would be known already.
      let kept: Done | undefined;
      return { item, done: async () => (kept ??= await this.#kept(context, job, wish, told)) };
    } catch (error) {
      context.signal.throwIfAborted();
      if (!isProblem(error)) throw error;
      return { item, problem: { code: error.code, detail: error.message }, retry: mayPass(error) };
    }
  }

  async #kept(context: Acting, job: JobWish, wish: ItemWish, { fetched, ...told }: Fetched): Promise<Done> {
    const { sku, product_group, image_type } = wish;
    const tags = [...new Set([...job.tags, ...(image_type === '' ? [] : [image_type])])];
    const fields = { sku, product_group, tags, ...(job.album !== '' && { album: job.album }) };
    const taken = await keepTaken(this.#parts, context, { name: keptName(fetched.name), fields }, told);
    const image = taken.image?.id ?? '';
    if (taken.status === 'duplicate') await this.#fill(context, image, wish);
    return { changes: [], fields: { image, review_state: taken.status, outcome: { url: fetched.url } } };
  }

  /** What is known already gets what nobody had written on it. */
  async #fill(context: Acting, id: string, { sku, product_group }: ItemWish): Promise<void> {
    const change = (row: Parameters<ReturnType<typeof edit>>[0]) =>
      edit({
        sku: row.sku === '' ? sku : row.sku,
        product_group: row.product_group === '' ? product_group : row.product_group,
      })(row);
    await changeImage(this.#parts, context, {
      id,
      expected: undefined,
      change,
      entry: ownEntry(context, 'image.changed', id),
    });
  }
}
