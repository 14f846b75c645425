/** Changes to one image, as functions from what it was to what it shall be. */
import type { ImageChange } from '../contract/images.ts';
import { MOST_TAGS } from '../contract/tags.ts';
import { GatewayError } from '../errors.ts';
import type { Entry, Journal } from '../events/journal.ts';
import { expectRevision, type Acting } from '../http/call.ts';
import { now } from '../ids.ts';
import { owned } from '../store/owned.ts';
import { retried } from '../store/retry.ts';
import type { ImageRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { imageWords } from './words.ts';

/** The image as it shall be; itself where nothing is to be done. Throws GatewayError where it cannot be. */
export type Change = (row: ImageRow) => ImageRow;

export const edit =
  (wish: ImageChange): Change =>
  (row) => {
    const wished = {
      title: wish.title ?? row.title,
      sku: wish.sku ?? row.sku,
      product_group: wish.product_group ?? row.product_group,
      tags: wish.tags ?? row.tags,
    };
    const same =
      wished.title === row.title &&
      wished.sku === row.sku &&
      wished.product_group === row.product_group &&
      wished.tags.join() === row.tags.join();
    if (same) return row;
    const next = { ...row, ...wished };
    return { ...next, words: imageWords(next) };
  };

export const addTags =
  (tags: readonly string[]): Change =>
  (row) => {
    const known = new Set(row.tags.map((tag) => tag.toLowerCase()));
    const fresh = tags.filter((tag) => !known.has(tag.toLowerCase()));
    if (fresh.length === 0) return row;
    const all = [...row.tags, ...fresh];
    if (all.length > MOST_TAGS) {
      throw new GatewayError(
        'invalid_request',
        `Expected at most ${MOST_TAGS} tags on an image, it would have ${all.length}`,
      );
    }
    return edit({ tags: all })(row);
  };

export const removeTags =
  (tags: readonly string[]): Change =>
  (row) => {
    const gone = new Set(tags.map((tag) => tag.toLowerCase()));
    return edit({ tags: row.tags.filter((tag) => !gone.has(tag.toLowerCase())) })(row);
  };

export const trash: Change = (row) => (row.state === 'trashed' ? row : { ...row, state: 'trashed', trashed_at: now() });

export const restore: Change = (row) => (row.state === 'active' ? row : { ...row, state: 'active', trashed_at: '' });

/** expected: the revision the caller read, or undefined. Throws not_found, precondition_failed, conflict. */
export function changeImage(
  parts: { readonly store: Store; readonly journal: Journal },
  context: Pick<Acting, 'who'>,
  wish: {
    readonly id: string;
    readonly expected: number | undefined;
    readonly change: Change;
    readonly entry: Entry;
  },
): Promise<ImageRow> {
  return retried(async () => {
    const row = await owned(parts.store, 'images', wish.id, context.who.id);
    expectRevision(row, wish.expected);
    const next = wish.change(row);
    if (next === row) return row;
    await parts.journal.write([{ update: 'images', row: next }], wish.entry);
    return { ...next, revision: row.revision + 1 };
  });
}
