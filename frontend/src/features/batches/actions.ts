/** What can be done with a batch as it is: one thing first, the others after it. */
import type { Batch } from '../../lib/data/batches.ts';
import { isOpenJob } from '../../lib/data/server-jobs.ts';

export type ActionName = 'pause' | 'resume' | 'retry' | 'results' | 'table' | 'cancel' | 'remove';

export interface Actions {
  readonly first: ActionName | undefined;
  readonly others: readonly ActionName[];
}

/** As it is told. Retrying is for what is not cancelled, and not for mistakes; results there are once something is done. */
export function actionsFor(batch: Pick<Batch, 'state' | 'counts' | 'total' | 'retryable'>): Actions {
  const { state, counts, total, retryable } = batch;
  const open = isOpenJob(batch);
  const wanted: readonly (readonly [ActionName, boolean])[] = [
    ['resume', state === 'paused'],
    ['pause', state === 'running'],
    ['retry', retryable > 0 && state !== 'cancelled' && state !== 'preparing'],
    ['results', counts.done > 0],
    ['table', state !== 'preparing' && total > 0],
    ['cancel', state === 'running' || state === 'paused'],
    ['remove', !open],
  ];
  const names = wanted.filter(([, can]) => can).map(([name]) => name);
  const first = names.find((name) => name === 'resume' || name === 'pause' || name === 'retry' || name === 'results');
  return { first, others: names.filter((name) => name !== first) };
}
