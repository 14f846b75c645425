/** What is on the board of an upload: a row for each file, and sums over them. */
import type { Task } from '../../lib/jobs/job.ts';
import type { Picked } from './picked.ts';
import type { Fate } from './sending.ts';

export type RowState = 'waiting' | 'running' | 'created' | 'duplicate' | 'failed' | 'unsent' | 'left';

export interface Row {
  readonly picked: Picked;
  readonly task: Task<Picked> | undefined;
  readonly state: RowState;
}

export const FILTERS = ['all', 'failed', 'duplicate', 'left'] as const;
export type Filter = (typeof FILTERS)[number];

interface Course {
  readonly tasks: readonly Task<Picked>[];
  readonly over: boolean;
  readonly fateOf: (picked: Picked) => Fate | undefined;
}

/** In the order of choosing. Tasks are of those that are not left out, in the same order. */
export function rowsOf(picks: readonly Picked[], course?: Course): Row[] {
  let at = 0;
  return picks.map((picked) => {
    if (picked.left !== '') return { picked, task: undefined, state: 'left' };
    if (!course) return { picked, task: undefined, state: 'waiting' };
    const task = course.tasks[at++];
    return { picked, task, state: task ? stateOf(task, course) : 'waiting' };
  });
}

function stateOf(task: Task<Picked>, { over, fateOf }: Course): RowState {
  if (task.state === 'done') return fateOf(task.item)?.status ?? 'created';
  if (over && task.state !== 'failed') return 'unsent';
  return task.state;
}

export interface Sums {
  readonly states: Readonly<Record<RowState, number>>;
  readonly bytes: number;
  /** Of the files that are sent or on their way. */
  readonly sent: number;
  /** Bytes of files that failed: they will not come. */
  readonly lost: number;
}

export function sumsOf(rows: readonly Row[]): Sums {
  const states = { waiting: 0, running: 0, created: 0, duplicate: 0, failed: 0, unsent: 0, left: 0 };
  let [bytes, sent, lost] = [0, 0, 0];
  for (const { picked, task, state } of rows) {
    states[state] += 1;
    if (state === 'left') continue;
    bytes += picked.file.size;
    sent += picked.file.size * (task?.share ?? 0);
    if (state === 'failed') lost += picked.file.size;
  }
  return { states, bytes, sent, lost };
}

export const filtered = (rows: readonly Row[], filter: Filter): readonly Row[] =>
  filter === 'all' ? rows : rows.filter(({ state }) => state === filter);
