/** A filter of images as a query of the store. */
import type { ImageFilter } from '../contract/image-filter.ts';
import type { ImageRow } from './rows.ts';
import type { Query, Where } from './store.ts';
import { wordsOf } from './words.ts';

const within = (values: readonly string[] | undefined) => (values ? { in: values } : undefined);
const holding = (values: readonly string[] | undefined) => (values ? { has_any: values } : undefined);

/** Nothing matches it. */
const NONE = { id: { in: [] } } as const;

/** ids: only some of those it finds. */
export function imageQuery(owner: string, filter: ImageFilter, ids?: readonly string[]): Query<ImageRow> {
  const words = wordsOf(filter.q ?? '');
  // A question of signs only finds nothing, rather than everything.
  const senseless = words.length === 0 && (filter.q ?? '').trim() !== '';
  return { where: { ...conditions(owner, filter), ...(ids && { id: { in: ids } }), ...(senseless && NONE) }, words };
}

function conditions(owner: string, filter: ImageFilter): Where<ImageRow> {
  const { state, sku, product_group, from, to } = filter;
  const tags = holding(filter.tag);
  const objects = holding(filter.object);
  const review_state = within(filter.review);
  const format = within(filter.format);
  const uploaded_at = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  return {
    owner,
    state,
    ...(sku !== undefined && { sku }),
    ...(product_group !== undefined && { product_group }),
    ...(tags && { tags }),
    ...(objects && { objects }),
    ...(filter.album !== undefined && { albums: { has: filter.album } }),
    ...(review_state && { review_state }),
    ...(format && { format }),
    ...((from ?? to) !== undefined && { uploaded_at }),
  };
}
