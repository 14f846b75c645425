/** Versions of an image: made, listed, chosen, deleted. */
import type { RenderBody } from '../../contract/versions.ts';
import { GatewayError } from '../../errors.ts';
import { ownEntry, type Journal } from '../../events/journal.ts';
import { expectRevision, type Context } from '../../http/call.ts';
import type { Processing } from '../../processing/processing.ts';
import { owned } from '../../store/owned.ts';
import { versionOf } from '../../store/pictures.ts';
import { allowedWish } from '../../store/recipe-wish.ts';
import { releasing } from '../../store/released.ts';
import { retried } from '../../store/retry.ts';
import type { ImageRow, VersionRow } from '../../store/rows.ts';
import { first, WriteConflict, type Page, type Position, type Store } from '../../store/store.ts';
import { currentFields, versionRow, type Made } from '../../intake/version-rows.ts';

const MOST_VERSIONS = 1000;

export interface VersionsParts {
  readonly store: Store;
  readonly journal: Journal;
  readonly processing: Processing;
}

export interface Kept {
  readonly version: VersionRow;
  readonly image: ImageRow;
}

export class Versions {
  readonly #parts: VersionsParts;

  constructor(parts: VersionsParts) {
    this.#parts = parts;
  }

  /** Rejects with not_found, also for what is another's. */
  image(id: string, { who }: Context): Promise<ImageRow> {
    return owned(this.#parts.store, 'images', id, who.id);
  }

  /** An image that can be worked on. Rejects with not_found, invalid_transition. */
  async workable(id: string, context: Context): Promise<ImageRow> {
    const image = await this.image(id, context);
    if (image.state === 'active') return image;
    throw new GatewayError('invalid_transition', 'Expected an image that is not in the trash: restore it first');
  }

  /** Rejects with not_found. */
  of(image: ImageRow, id: string): Promise<VersionRow> {
    return versionOf(this.#parts.store, image, id);
  }

  list(image: ImageRow, limit: number, after: Position | undefined): Promise<Page<VersionRow>> {
    return this.#parts.store.find('versions', { where: { image: image.id }, order: ['number', 'desc'], limit, after });
  }

  async create(context: Context, id: string, body: RenderBody): Promise<Kept> {
    const image = await this.workable(id, context);
    const { render, name } = await allowedWish(this.#parts.store, context.who.id, body);
    return this.make(context, image, render, { preset: name, current: body.current });
  }

  /** Render and keep. What was rendered in vain is let go of. */
  async make(
    context: Context,
    image: ImageRow,
    render: { readonly recipe: unknown } | { readonly preset: string },
    made: Omit<Made, 'rendered'>,
  ): Promise<Kept> {
    const { processing } = this.#parts;
    const rendered = await processing.render({ blob: image.blob, ...render }, context);
    try {
      return await this.#keep(context, image.id, { rendered, ...made });
    } catch (error) {
      const { blob, mask_blob, source_mask_blob, thumb } = rendered;
      await this.letGo([blob, mask_blob ?? '', source_mask_blob ?? '', thumb]).catch(() => undefined);
      throw error;
    }
  }

  /** Blobs that nobody asked to keep: they go unless something needs them. */
  async letGo(blobs: readonly string[]): Promise<void> {
    await retried(async () => this.#parts.store.write(await releasing(this.#parts.store, blobs)));
  }

  /** '': the original. Rejects with not_found, precondition_failed. */
  choose(context: Context, id: string, version: string, expected: number | undefined): Promise<ImageRow> {
    return retried(async () => {
      const image = await this.image(id, context);
      expectRevision(image, expected);
      const chosen = version === '' ? undefined : await this.of(image, version);
      if (image.current_version === version) return image;
      const row = { ...image, ...currentFields(image, chosen) };
      const entry = ownEntry(context, 'image.version_chosen', id, { version, number: chosen?.number ?? 0 });
      await this.#parts.journal.write([{ update: 'images', row }], entry);
      return { ...row, revision: row.revision + 1 };
    });
  }

  /** Where it was current, the one before it becomes so, or the original. */
  delete(context: Context, id: string, versionId: string, expected: number | undefined): Promise<void> {
    return retried(async () => {
      const image = await this.image(id, context);
      const version = await this.of(image, versionId);
      expectRevision(version, expected);
      const fallback = image.current_version === version.id && currentFields(image, await this.#before(version));
      const row = { ...image, ...fallback, versions: Math.max(0, image.versions - 1) };
      const changes = [
        { update: 'images', row },
        { remove: 'versions', id: version.id, revision: version.revision },
        ...(await releasing(this.#parts.store, version.blobs)),
      ] as const;
      const entry = ownEntry(context, 'version.deleted', version.id, { image: id, number: version.number });
      await this.#parts.journal.write(changes, entry);
    });
  }

  #before({ image, number }: VersionRow): Promise<VersionRow | undefined> {
    return first(this.#parts.store, 'versions', {
      where: { image, number: { to: number } },
      order: ['number', 'desc'],
    });
  }

  #keep(context: Context, id: string, made: Made): Promise<Kept> {
    return retried(async () => {
      const { store, journal } = this.#parts;
      const image = await this.image(id, context);
      if (image.versions >= MOST_VERSIONS) {
        throw new GatewayError(
          'conflict',
          `Expected fewer than ${MOST_VERSIONS} versions of an image: delete some first`,
        );
      }
      const last = await first(store, 'versions', { where: { image: id }, order: ['number', 'desc'] });
      const version = versionRow(image, (last?.number ?? 0) + 1, context.who.id, made);
      const row = { ...image, ...(made.current && currentFields(image, version)), versions: image.versions + 1 };
      const entry = ownEntry(context, 'version.created', version.id, { image: id, number: version.number });
      await journal
        .write(
          [
            { insert: 'versions', row: version },
            { update: 'images', row },
          ],
          entry,
        )
        .catch(againIfTaken);
      return { version: { ...version, revision: 1 }, image: { ...row, revision: row.revision + 1 } };
    });
  }
}

/** Somebody else took the number: the next one will do as well. */
function againIfTaken(error: unknown): never {
  if (error instanceof WriteConflict && error.collection === 'versions') {
    throw new WriteConflict('stale', 'versions', error.id);
  }
  throw error;
}
