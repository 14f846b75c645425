/** Jobs as rows: what their states mean, and how they change. */
import type { Entry, Journal } from '../events/journal.ts';
import { now } from '../ids.ts';
import type { JobRow } from '../store/rows.ts';
import type { Change, Store } from '../store/store.ts';

export interface LedgerParts {
  readonly store: Store;
  readonly journal: Journal;
  /** What else is written with the end of a job. */
  readonly endings: (job: JobRow) => Promise<readonly Change[]>;
}

/** Those that nothing happens to any more, unless somebody says so. */
export const ENDED: ReadonlySet<JobRow['state']> = new Set(['done', 'partial', 'failed', 'cancelled']);
export const hasEnded = ({ state }: Pick<JobRow, 'state'>): boolean => ENDED.has(state);

/** An entry about a job, by nobody's request. */
export const jobEntry = (
  { owner, id, kind }: Pick<JobRow, 'owner' | 'id' | 'kind'>,
  verb: string,
  details: Readonly<Record<string, unknown>>,
): Entry => ({ owner, actor: owner, action: `${kind}.${verb}`, target: id, details, request: '' });

/** Running from now on. */
export const begun = (row: JobRow): JobRow => ({
  ...row,
  state: 'running',
  holder: '',
  code: '',
  message: '',
  ended_at: '',
  running_since: now(),
});

/** Not running any more: what it ran is added up. */
export const rested = (row: JobRow): JobRow => ({ ...row, running_since: '', worked_ms: workedMs(row) });

/** How long it ran until now. */
export const workedMs = ({ running_since, worked_ms }: Pick<JobRow, 'running_since' | 'worked_ms'>): number =>
  worked_ms + (running_since === '' ? 0 : Math.max(0, Date.now() - Date.parse(running_since)));
