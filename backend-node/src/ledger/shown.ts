/** Jobs and items as callers see them: what batches and imports have in common. */
import { PRIORITIES, type Priority } from '../contract/jobs.ts';
import type { ItemRow, JobRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { countItems } from './items.ts';
import { hasEnded, workedMs } from './job-rows.ts';

const PRIORITY_OF: Readonly<Record<Priority, number>> = { high: 10, normal: 0, low: -10 };

/** What was under way when somebody paused comes in all the same: a moment later it says nothing about the pace. */
const KNOWN_AFTER_S = 3;

export const priorityOf = (priority: Priority): number => PRIORITY_OF[priority];

/** exact: counts its items now, where it goes on. */
export async function shownJob(store: Store, job: JobRow, exact: boolean) {
  const going = job.state === 'running' || job.state === 'paused' || job.state === 'cancelled';
  const counts = exact && going ? await countItems(store, job.id) : job.counts;
  const { id, revision, name, state, total, code, message, created_at, ended_at } = job;
  return {
    id,
    revision,
    name,
    state,
    priority: PRIORITIES.find((each) => PRIORITY_OF[each] === job.priority) ?? 'normal',
    total,
    counts,
    retryable: retryable(job, counts),
    trouble: code === '' ? null : { code, detail: message },
    created_at,
    ended_at,
    ...paceOf(job, counts),
  };
}

/** Those refused before anything was done with them would only be refused again. */
const retryable = ({ refused }: JobRow, { failed }: JobRow['counts']): number => Math.max(0, failed - refused);

function paceOf(job: JobRow, { waiting, running, done, failed }: JobRow['counts']) {
  const over = done + failed - job.refused;
  const worked_s = workedMs(job) / 1000;
  const early = worked_s <= (hasEnded(job) ? 0 : KNOWN_AFTER_S);
  if (over <= 0 || early) return { rate_per_s: null, left_s: null };
  const rate_per_s = over / worked_s;
  return { rate_per_s, left_s: hasEnded(job) ? null : (waiting + running) / rate_per_s };
}

export function shownItem(item: ItemRow) {
  const { number, name, state, attempts, image, code, message, ended_at, wish } = item;
  const over = state === 'failed' || (state === 'waiting' && code !== '');
  return {
    number,
    name,
    state,
    attempts,
    image,
    ended_at,
    sku: textIn(wish, 'sku'),
    product_group: textIn(wish, 'product_group'),
    row: numberIn(wish, 'row'),
    problem: over ? { code, detail: message } : null,
  };
}

type Json = Readonly<Record<string, unknown>>;

export function textIn(json: Json, name: string): string {
  const value = json[name];
  return typeof value === 'string' ? value : '';
}

export function numberIn(json: Json, name: string): number | null {
  const value = json[name];
  return typeof value === 'number' ? value : null;
}
