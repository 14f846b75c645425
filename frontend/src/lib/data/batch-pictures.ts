/** Which pictures a batch is about: some, or all that a list finds. */
import type { BatchWish } from './batches.ts';
import type { OutlineQuery } from './outline.ts';

export type BatchPictures =
  | { readonly ids: readonly string[] }
  | { readonly query: OutlineQuery; readonly count: number };

export const countIn = (pictures: BatchPictures): number =>
  'ids' in pictures ? pictures.ids.length : pictures.count;

/** From here on a list is sent as what finds it. */
const MANY = 1000;

/** ids: in the order they are seen. query: what found the list. every: all of it is meant. */
export const picturesOf = (ids: readonly string[], query: OutlineQuery, every: boolean): BatchPictures =>
  every && ids.length > MANY ? { query, count: ids.length } : { ids };

/** The part of a wish that says which. */
export const choiceOf = (pictures: BatchPictures): Pick<BatchWish, 'ids' | 'filter'> =>
  'ids' in pictures ? { ids: [...pictures.ids] } : { filter: withoutOrder(pictures.query) };

const withoutOrder = ({ sort: _sort, order: _order, ...filter }: OutlineQuery): NonNullable<BatchWish['filter']> =>
  filter;
