/** Items of a job, from any number on. */
import type { ItemRow, JobRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { itemId } from './items.ts';

export interface ItemQuestion {
  readonly state?: ItemRow['state'] | undefined;
  readonly review?: string | undefined;
  readonly from: number;
  readonly limit: number;
}

export async function itemPage(store: Store, job: JobRow, { state, review, from, limit }: ItemQuestion) {
  const page = await store.find('items', {
    where: {
      job: job.id,
      ...(state !== undefined && { state }),
      ...(review !== undefined && { review_state: review }),
      id: { from: itemId(job.id, from) },
    },
    limit,
  });
  const last = page.rows.at(-1);
  return { rows: page.rows, next: page.next && last ? last.number + 1 : null };
}
