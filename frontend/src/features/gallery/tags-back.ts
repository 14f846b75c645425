/** How a change of tags is taken back, so that each picture has those it had. */
import { imagesOf, type Image } from '../../lib/data/images.ts';
import type { Change } from './bulk.ts';

export interface Back {
  readonly touched: readonly string[];
  readonly wish: Change;
}

/** More are not looked at before: then there is no way back. */
const MOST = 2000;

/** Nothing where there is no way back, or nothing to take back. To be asked before the change. */
export async function tagsBack(
  ids: readonly string[],
  add: readonly string[],
  remove: readonly string[],
): Promise<readonly Back[]> {
  return ids.length > MOST ? [] : backOf(await imagesOf(ids), add, remove);
}

export function backOf(
  images: readonly Pick<Image, 'id' | 'tags'>[],
  add: readonly string[],
  remove: readonly string[],
): readonly Back[] {
  const having = (tag: string, has: boolean): string[] =>
    images.filter(({ tags }) => tags.some((one) => isSame(one, tag)) === has).map(({ id }) => id);
  const backs: readonly Back[] = [
    ...add.map((tag) => ({ touched: having(tag, false), wish: { action: 'untag' as const, tags: [tag] } })),
    ...remove.map((tag) => ({ touched: having(tag, true), wish: { action: 'tag' as const, tags: [tag] } })),
  ];
  return backs.filter(({ touched }) => touched.length > 0);
}

/** As the gateway compares them. */
const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
