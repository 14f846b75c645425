/** Makes a version of many images by one recipe or preset: a job of this tab. */
import { call } from '../api/call.ts';
import type { RecipeWish } from '../data/recipes.ts';
import type { Job } from './job.ts';
import { startJob } from './work.ts';

export interface Applied {
  readonly id: string;
  readonly name: string;
}

/** What one account may render at once, less one that stays free for looking at things. */
const AT_ONCE = 2;

export const applyTo = (title: string, images: readonly Applied[], wish: RecipeWish, link = ''): Job<Applied> =>
  apply(title, images, wish, link, false);

/** The same for images that are still to come, by `add`; `close` says that these were all. */
export const applyAsTheyCome = (title: string, wish: RecipeWish, link = ''): Job<Applied> =>
  apply(title, [], wish, link, true);

function apply(
  title: string,
  items: readonly Applied[],
  wish: RecipeWish,
  link: string,
  growing: boolean,
): Job<Applied> {
  return startJob({
    title,
    link,
    items,
    growing,
    nameOf: ({ name }) => name,
    at_once: AT_ONCE,
    run: async ({ id }, { signal }) => {
      const version = await call('post /images/:id/versions', { params: { id }, body: wish, signal });
      return version.warnings.join(' ');
    },
  });
}
