/** Races that happen for certain. */
import type { Store } from '../../backend-node/src/store/store.ts';

/** The first two who look for accounts (for administrators, or for any account at all) see the same ones before either goes on. */
export function bothLookFirst(store: Store, how: 'for administrators' | 'for any'): void {
  const find = store.find.bind(store);
  const looked = Promise.withResolvers<undefined>();
  let looking = 0;
  store.find = async (collection, query) => {
    const page = await find(collection, query);
    const conditional = query.where !== undefined && 'role' in query.where;
    const meant = collection === 'users' && (how === 'for administrators' ? conditional : query.where === undefined);
    if (!meant || looking === 2) return page;
    looking += 1;
    if (looking === 2) looked.resolve(undefined);
    await looked.promise;
    return page;
  };
}
