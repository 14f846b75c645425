/** One change to many images: some at a time, each lot one write with one entry in the journal. */
import type { BulkChange, BulkResult } from '../../contract/image-bulk.ts';
import { GatewayError, isProblem } from '../../errors.ts';
import { ownEntry } from '../../events/journal.ts';
import type { Context } from '../../http/call.ts';
import { imageQuery } from '../../store/image-query.ts';
import { putIn, takeOut } from '../../store/in-albums.ts';
import { lots } from '../../store/lots.ts';
import { owned } from '../../store/owned.ts';
import { purgeOf, type Purge } from '../../store/purge.ts';
import { releasing } from '../../store/released.ts';
import { retried } from '../../store/retry.ts';
import { every, type Change as StoreChange } from '../../store/store.ts';
import { addTags, edit, removeTags, restore, trash, type Change } from '../../intake/change.ts';
import type { IntakeParts } from '../../intake/parts.ts';
import { expectAlbum, expectTrashed } from './service.ts';

const LOT = 100;
/** A purged image takes its versions with it, up to a thousand. */
const PURGE_LOT = 10;
const MOST_FAILURES = 1000;

/** As one image, or the album, would say it. */
const PAST = {
  tag: 'image.tagged',
  untag: 'image.untagged',
  set: 'image.changed',
  trash: 'image.trashed',
  restore: 'image.restored',
  purge: 'image.purged',
  add_album: 'album.images_added',
  remove_album: 'album.images_removed',
} as const satisfies Record<BulkChange['action'], string>;

type Failure = BulkResult['failed'][number];
type Outcome = {
  readonly changes: readonly StoreChange[];
  readonly done: readonly string[];
  readonly failed: readonly Failure[];
};

/** Throws not_found for an album that is not the caller's, invalid_transition for a purge of what is not in the trash. */
export async function changeImages(parts: IntakeParts, context: Context, wish: BulkChange): Promise<BulkResult> {
  if ('album' in wish) await expectAlbum(parts, context, wish.album);
  if (wish.action === 'purge' && wish.filter && wish.filter.state !== 'trashed') {
    throw new GatewayError(
      'invalid_transition',
      'Expected a filter with the state trashed: only what is in the trash can be purged',
    );
  }
  const result = { changed: 0, unchanged: 0, failed: [] as Failure[] };
  for await (const ids of lots(picked(parts, context, wish), wish.action === 'purge' ? PURGE_LOT : LOT)) {
    context.signal.throwIfAborted();
    const { done, failed } = await changeLot(parts, context, wish, ids);
    result.changed += done.length;
    result.unchanged += ids.length - done.length - failed.length;
    result.failed.push(...failed.slice(0, MOST_FAILURES - result.failed.length));
  }
  return result;
}

async function* picked({ store }: IntakeParts, { who }: Context, { ids, filter }: BulkChange): AsyncGenerator<string> {
  if (ids) yield* new Set(ids);
  if (!filter) return;
  // By id: no change moves an image in that order.
  for await (const { id } of every(store, 'images', { ...imageQuery(who.id, filter), order: ['id', 'asc'] })) yield id;
}

/** All of the lot or, where the database fails, none of it. What somebody else changed meanwhile is read again. */
function changeLot(parts: IntakeParts, context: Context, wish: BulkChange, ids: readonly string[]): Promise<Outcome> {
  return retried(async () => {
    const outcome = await outcomeOf(parts, context, wish, ids);
    if (outcome.done.length > 0) {
      const target = 'album' in wish ? wish.album : '';
      const entry = ownEntry(context, PAST[wish.action], target, { ids: outcome.done });
      await parts.journal.write(outcome.changes, entry);
    }
    return outcome;
  });
}

async function outcomeOf(
  parts: IntakeParts,
  context: Context,
  wish: BulkChange,
  ids: readonly string[],
): Promise<Outcome> {
  const changes: StoreChange[] = [];
  const blobs: string[] = [];
  const done: string[] = [];
  const failed: Failure[] = [];
  for (const id of ids) {
    try {
      const some = await changesOf(parts, context, wish, id);
      if (some.changes.length > 0) done.push(id);
      changes.push(...some.changes);
      blobs.push(...some.blobs);
    } catch (error) {
      // What is wrong with the database is wrong with all of them.
      if (!isProblem(error) || error.status >= 500) throw error;
      failed.push({ id, code: error.code, detail: error.message });
    }
  }
  return { changes: [...changes, ...(await releasing(parts.store, blobs))], done, failed };
}

async function changesOf({ store }: IntakeParts, { who }: Context, wish: BulkChange, id: string): Promise<Purge> {
  const row = await owned(store, 'images', id, who.id);
  if (wish.action === 'purge') {
    expectTrashed(row);
    return purgeOf(store, row);
  }
  const next = changeOf(wish)(row);
  return { changes: next === row ? [] : [{ update: 'images', row: next }], blobs: [] };
}

function changeOf(wish: Exclude<BulkChange, { action: 'purge' }>): Change {
  switch (wish.action) {
    case 'tag':
      return addTags(wish.tags);
    case 'untag':
      return removeTags(wish.tags);
    case 'set':
      return edit({ title: wish.title, sku: wish.sku, product_group: wish.product_group });
    case 'trash':
      return trash;
    case 'restore':
      return restore;
    case 'add_album':
      return (row) => putIn(row, wish.album);
    case 'remove_album':
      return (row) => takeOut(row, wish.album);
  }
}
