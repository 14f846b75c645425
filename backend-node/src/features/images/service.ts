/** Rules of single images: whose they are, how they change, how they go. */
import type { ListQuery } from '../../contract/images.ts';
import { GatewayError } from '../../errors.ts';
import { ownEntry } from '../../events/journal.ts';
import { expectRevision, type Context } from '../../http/call.ts';
import { positionOf } from '../../http/cursor.ts';
import { imageQuery } from '../../store/image-query.ts';
import { owned } from '../../store/owned.ts';
import { purgeChanges } from '../../store/purge.ts';
import { retried } from '../../store/retry.ts';
import type { ImageRow } from '../../store/rows.ts';
import type { Page } from '../../store/store.ts';
import type { IntakeParts } from '../../intake/parts.ts';

export const ownImage = ({ store }: Pick<IntakeParts, 'store'>, { who }: Context, id: string): Promise<ImageRow> =>
  owned(store, 'images', id, who.id);

/** Throws not_found unless the album is the caller's. */
export async function expectAlbum({ store }: Pick<IntakeParts, 'store'>, { who }: Context, id: string): Promise<void> {
  await owned(store, 'albums', id, who.id);
}

export const listName = ({ sort, order }: Pick<ListQuery, 'sort' | 'order'>): string => `images.${sort}.${order}`;

export function listImages({ store }: IntakeParts, { who }: Context, query: ListQuery): Promise<Page<ImageRow>> {
  const after = positionOf(listName(query), query.cursor);
  return store.find('images', {
    ...imageQuery(who.id, query, query.ids),
    order: [query.sort, query.order],
    limit: query.limit,
    after,
  });
}

export const countImages = ({ store }: IntakeParts, { who }: Context, query: ListQuery): Promise<number> =>
  store.count('images', imageQuery(who.id, query, query.ids));

/** Removes it with its versions. Throws invalid_transition where it is not in the trash. */
export function purgeImage(
  parts: IntakeParts,
  context: Context,
  id: string,
  expected: number | undefined,
): Promise<void> {
  return retried(async () => {
    const row = await ownImage(parts, context, id);
    expectRevision(row, expected);
    expectTrashed(row);
    await parts.journal.write(await purgeChanges(parts.store, row), ownEntry(context, 'image.purged', id));
  });
}

export function expectTrashed(row: ImageRow): void {
  if (row.state === 'trashed') return;
  throw new GatewayError('invalid_transition', 'Expected an image in the trash, this one is not; move it there first');
}
