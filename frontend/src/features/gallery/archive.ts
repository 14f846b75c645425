/** Pictures in archives, saved by the browser: a job, since it may take a while. */
import { open, type BodyOf } from '../../lib/api/call.ts';
import type { OutlineQuery } from '../../lib/data/outline.ts';
import { saveFile } from '../../lib/save-file.ts';
import { startJob } from '../../lib/jobs/work.ts';
import { lotsOf } from './bulk.ts';
import { words } from './words.ts';

type Wish = BodyOf<'post /images/export.zip'>;

export interface Archive {
  readonly wish: Wish;
  readonly name: string;
}

/** As few as can be: one where all that a query finds is wanted; else one for each lot of ids. */
export function archivesOf(ids: readonly string[], query: OutlineQuery | undefined): readonly Archive[] {
  const lots = lotsOf(ids);
  if (lots.length > 1 && query) return [{ wish: { filter: withoutOrder(query) }, name: words.archive(1, 1) }];
  return lots.map((lot, at) => ({ wish: { ids: [...lot] }, name: words.archive(at + 1, lots.length) }));
}

export function download(count: number, archives: readonly Archive[]): void {
  startJob({
    title: words.downloadJob(count),
    items: archives,
    nameOf: ({ name }) => name,
    at_once: 1,
    run: async ({ wish, name }, { signal }) => {
      const answer = await open('post /images/export.zip', { body: wish, signal });
      saveFile(await answer.blob(), name);
      return '';
    },
  });
}

function withoutOrder({ sort: _sort, order: _order, ...filter }: OutlineQuery): NonNullable<Wish['filter']> {
  return filter;
}
