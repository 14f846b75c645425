/** What a batch does with its pictures: a chunk of them to the processing service, a version of each as it comes back. */
import { GatewayError } from '../../errors.ts';
import { currentFields, versionRow } from '../../intake/version-rows.ts';
import type { Done, Outcome, Trade } from '../../ledger/trade.ts';
import type { Asking, ChunkWish, Processing } from '../../processing/processing.ts';
import type { ChunkLine } from '../../processing/shapes.ts';
import type { ImageRow, ItemRow, JobRow, VersionRow } from '../../store/rows.ts';
import { first, type Change, type Store } from '../../store/store.ts';
import { doingOf, ItemWish, JobWish, merged } from './wish.ts';

interface RenderingParts {
  readonly store: Store;
  readonly processing: Processing;
}

type DoneLine = Extract<ChunkLine, { status: 'done' }>;

export class Rendering implements Trade {
  readonly kind = 'batch';
  readonly lot = { least: 4, most: 50, lots: 8 };
  readonly #parts: RenderingParts;

  constructor(parts: RenderingParts) {
    this.#parts = parts;
  }

  async *work(job: JobRow, items: readonly ItemRow[], asking: Asking): AsyncGenerator<Outcome> {
    const wish = JobWish.parse(job.wish);
    const images = await this.#images(items);
    const chunk: ChunkWish[] = [];
    const byKey = new Map<string, ItemRow>();
    for (const item of items) {
      const image = images.get(item.image);
      if (image?.state !== 'active' || image.owner !== job.owner) {
        yield { item, problem: GONE, retry: false };
        continue;
      }
      byKey.set(String(item.number), item);
      chunk.push(chunkWish(job, wish, item, image));
    }
    if (chunk.length === 0) return;
    for await (const line of this.#parts.processing.chunk(chunk, asking)) {
      const item = byKey.get(line.key);
      if (!item) continue;
      if (line.status === 'done') yield { item, done: () => this.#kept(job, wish, item, line) };
      else yield { item, problem: line.problem, retry: line.retry };
    }
  }

  async #images(items: readonly ItemRow[]): Promise<ReadonlyMap<string, ImageRow>> {
    const ids = [...new Set(items.map(({ image }) => image))];
    const { rows } = await this.#parts.store.find('images', { where: { id: { in: ids } }, limit: ids.length });
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** A version of the image as it is now. Throws not_found where it went away meanwhile. */
  async #kept(job: JobRow, wish: JobWish, item: ItemRow, { rendered, row, elapsed_ms }: DoneLine): Promise<Done> {
    const { store } = this.#parts;
    const told = { ...row, elapsed_ms, mime: rendered.mime, masked: rendered.mask_blob !== null };
    const fields = { review_state: row.review_state, outcome: told };
    const image = await store.get('images', item.image);
    if (!image) throw new GatewayError('not_found', GONE.detail);
    // Done before, by somebody who died before it was written down here.
    const known = item.attempts > 1 ? await store.get('versions', item.version) : undefined;
    if (known) return { changes: await this.#completed(image, known, wish.current), fields };
    const last = await first(store, 'versions', { where: { image: image.id }, order: ['number', 'desc'] });
    const { preset } = doingOf(wish, ItemWish.parse(item.wish));
    const made = {
      id: item.version,
      rendered: { ...rendered, review_state: row.review_state },
      preset,
      current: wish.current,
    };
    const version = versionRow(image, (last?.number ?? 0) + 1, job.owner, made);
    const next = { ...image, ...(wish.current && currentFields(image, version)), versions: image.versions + 1 };
    return {
      changes: [
        { insert: 'versions', row: version },
        { update: 'images', row: next },
      ],
      fields,
    };
  }

  /** What is missing where a database without transactions was left with the version, but not with the image that shows it. */
  async #completed(image: ImageRow, version: VersionRow, current: boolean): Promise<readonly Change[]> {
    const versions = await this.#parts.store.count('versions', { where: { image: image.id } });
    if (versions === image.versions) return [];
    return [{ update: 'images', row: { ...image, ...(current && currentFields(image, version)), versions } }];
  }
}

const GONE = {
  code: 'not_found',
  detail: 'Expected a picture in the gallery, it is in the trash or was removed after the batch began',
};

function chunkWish(job: JobRow, wish: JobWish, item: ItemRow, image: ImageRow): ChunkWish {
  const own = ItemWish.parse(item.wish);
  const { doing } = doingOf(wish, own);
  const overrides = merged(wish.overrides, own.overrides);
  return {
    key: String(item.number),
    blob: image.blob,
    ...doing,
    ...(Object.keys(overrides).length > 0 && { overrides }),
    ...(wish.channels.length > 0 && { channels: wish.channels }),
    ...(job.priority !== 0 && { priority: job.priority }),
  };
}
