/** What webhooks are told: a row for each address, so that none is forgotten whatever ends in between. */
import { newId, now } from '../../ids.ts';
import type { DeliveryRow, JobRow } from '../../store/rows.ts';
import type { Change, Store } from '../../store/store.ts';
import { MOST_WEBHOOKS } from '../../contract/webhooks.ts';

type Data = Readonly<Record<string, unknown>>;
export type NewDelivery = Omit<DeliveryRow, 'revision'>;

const PATHS = { batch: 'batches', import: 'imports' } as const;

/** To be written together with what they tell of: one for each webhook of the account. */
export async function deliveriesOf(store: Store, owner: string, event: string, data: Data): Promise<Change[]> {
  const { rows } = await store.find('webhooks', {
    where: { owner },
    order: ['created_at', 'asc'],
    limit: MOST_WEBHOOKS,
  });
  const at = now();
  return rows.map(({ id }) => ({ insert: 'deliveries', row: deliveryOf({ owner, webhook: id, event, data, at }) }));
}

/** As deliveriesOf, of a job as it is once it has ended: all its items are written by then. */
export const endings =
  (store: Store) =>
  async (job: JobRow): Promise<Change[]> =>
    deliveriesOf(store, job.owner, `${job.kind}.ended`, await jobData(store, job));

interface Told {
  readonly owner: string;
  readonly webhook: string;
  readonly event: string;
  readonly data: Data;
  readonly at: string;
}

export const deliveryOf = ({ owner, webhook, event, data, at }: Told): NewDelivery => ({
  id: newId(),
  owner,
  webhook,
  event,
  body: JSON.stringify({ type: event, timestamp: at, data }),
  state: 'waiting',
  attempts: 0,
  due_at: at,
  outcome: '',
  created_at: at,
});

async function jobData(store: Store, job: JobRow): Promise<Data> {
  const { id, kind, name, state, total, counts, code, message } = job;
  const reviewed = { job: id, review_state: 'needs_review' };
  return {
    id,
    name,
    state,
    total,
    counts,
    ...(kind === 'batch' && { to_review: await store.count('items', { where: reviewed }) }),
    ...(code !== '' && { trouble: { code, detail: message } }),
    path: `/api/v1/${PATHS[kind]}/${id}`,
  };
}
