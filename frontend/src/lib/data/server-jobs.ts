/** What batches and imports have in common: work that is done on the server. */
import type { Batch, BatchItem } from '../../../../backend-node/src/contract/batches.ts';

type Fields = 'id' | 'name' | 'state' | 'total' | 'counts' | 'trouble' | 'created_at' | 'ended_at' | 'rate_per_s';
/** A batch or an import. */
export type ServerJob = Pick<Batch, Fields | 'left_s'>;
export type ServerJobState = ServerJob['state'];
export type ServerItemState = BatchItem['state'];

const OPEN: ReadonlySet<ServerJobState> = new Set<ServerJobState>(['preparing', 'running', 'paused']);

/** Whether it has not ended. */
export const isOpenJob = ({ state }: Pick<ServerJob, 'state'>): boolean => OPEN.has(state);

/** How many are over, well or not. */
export const overOf = ({ counts }: Pick<ServerJob, 'counts'>): number => counts.done + counts.failed;

/** 0 to 1: how much of it is over. */
export const partOf = (job: Pick<ServerJob, 'counts' | 'total' | 'state'>): number =>
  job.total === 0 ? (isOpenJob(job) ? 0 : 1) : Math.min(overOf(job) / job.total, 1);

/** Whether nothing of it has begun yet: others come first. */
export const isInLine = ({ state, counts }: Pick<ServerJob, 'state' | 'counts'>): boolean =>
  state === 'running' && counts.waiting > 0 && counts.running + counts.done === 0;

/** Whether something holds it up that passes by itself. */
export const isHeldUp = (job: Pick<ServerJob, 'state' | 'trouble'>): boolean =>
  job.state === 'running' && job.trouble !== null;
