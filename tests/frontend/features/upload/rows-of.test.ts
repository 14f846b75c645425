// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { picksOf, type Picked } from '../../../../frontend/src/features/upload/picked.ts';
import { filtered, rowsOf, sumsOf } from '../../../../frontend/src/features/upload/rows-of.ts';
import type { Fate } from '../../../../frontend/src/features/upload/sending.ts';
import type { Task, TaskState } from '../../../../frontend/src/lib/jobs/job.ts';

const picks = picksOf(['a.jpg', 'b.txt', 'c.jpg', 'd.jpg', 'e.jpg'].map((name) => new File(['1234'], name)));
const sent = picks.filter(({ left }) => left === '');

function course(states: readonly TaskState[], fates: readonly (Fate['status'] | '')[] = [], over = false) {
  const tasks = sent.map((item, at): Task<Picked> => {
    const state = states[at] ?? 'waiting';
    return { item, name: item.file.name, state, share: state === 'done' ? 1 : state === 'running' ? 0.5 : 0, note: '' };
  });
  const fateOf = (picked: Picked): Fate | undefined => {
    const status = fates[sent.indexOf(picked)] ?? '';
    return status === '' ? undefined : { status, image: 'i' };
  };
  return { tasks, over, fateOf };
}

const statesOf = (rows: ReturnType<typeof rowsOf>) => rows.map(({ state }) => state);

describe('rowsOf', () => {
  it('shows every file in the order of choosing before anything is sent', () => {
    expect(statesOf(rowsOf(picks))).toEqual(['waiting', 'left', 'waiting', 'waiting', 'waiting']);
  });

  it('gives each file its own state past those that are left out', () => {
    const rows = rowsOf(picks, course(['done', 'done', 'running', 'failed'], ['created', 'duplicate']));
    expect(statesOf(rows)).toEqual(['created', 'left', 'duplicate', 'running', 'failed']);
    expect(rows[2]?.task?.item.file.name).toBe('c.jpg');
  });

  it('calls what was not reached not sent once it was cancelled', () => {
    const rows = rowsOf(picks, course(['done', 'failed', 'running'], ['created'], true));
    expect(statesOf(rows)).toEqual(['created', 'left', 'failed', 'unsent', 'unsent']);
  });
});

it('adds up bytes that are there, half there and lost', () => {
  const sums = sumsOf(rowsOf(picks, course(['done', 'running', 'failed'], ['created'])));
  expect(sums).toMatchObject({ bytes: 16, sent: 6, lost: 4 });
  expect(sums.states).toMatchObject({ created: 1, running: 1, failed: 1, waiting: 1, left: 1 });
});

it('filters by what became of files', () => {
  const rows = rowsOf(picks, course(['done', 'failed'], ['duplicate']));
  expect(filtered(rows, 'failed').map(({ picked }) => picked.file.name)).toEqual(['c.jpg']);
  expect(filtered(rows, 'duplicate').map(({ picked }) => picked.file.name)).toEqual(['a.jpg']);
  expect(filtered(rows, 'all')).toHaveLength(5);
});
