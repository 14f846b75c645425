/** Changes to one image, as functions from what it was to what it shall be. */
import type { ImageChange } from '../../contract/images.ts';
import { MOST_TAGS } from '../../contract/tags.ts';
import { GatewayError } from '../../errors.ts';
import { now } from '../../ids.ts';
import type { ImageRow } from '../../store/rows.ts';
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
