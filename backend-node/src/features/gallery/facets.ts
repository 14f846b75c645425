/** What images can be filtered by. */
import { MOST_VALUES, type Facets } from '../../contract/gallery.ts';
import type { Store } from '../../store/store.ts';

export async function facetsOf(store: Store, owner: string): Promise<Facets> {
  const kind = async (field: 'tags' | 'format' | 'review_state') => {
    const found = await store.tally('images', field, { where: { owner, state: 'active' }, limit: MOST_VALUES });
    return found.map(({ value, count }) => ({ value: String(value), count }));
  };
  return { tags: await kind('tags'), formats: await kind('format'), review_states: await kind('review_state') };
}
