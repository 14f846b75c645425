/** Which pictures of a batch are looked at: in the address. */
import type { Batch, BatchItemsQuery } from '../../lib/data/batches.ts';

export const SHOWN = ['all', 'failed', 'review', 'waiting'] as const;
export type Shown = (typeof SHOWN)[number];

export const shownIn = (asked: URLSearchParams): Shown => SHOWN.find((name) => name === asked.get('show')) ?? 'all';

/** What is asked for; all of them are asked for by number. */
export const ASKED: Readonly<Record<Exclude<Shown, 'all'>, BatchItemsQuery>> = {
  failed: { state: 'failed' },
  review: { review: 'needs_review' },
  waiting: { state: 'waiting' },
};

/** How many there are of each. */
export const countOf = ({ total, counts, to_review }: Batch, shown: Shown): number =>
  ({ all: total, failed: counts.failed, review: to_review, waiting: counts.waiting })[shown];
