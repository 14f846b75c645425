import { expect, test } from 'vitest';
import { openWork, pathOf } from '../../../../frontend/src/app/frame/server-work.ts';
import { lookOfServer } from '../../../../frontend/src/app/frame/ring-look.ts';
import { aBatch } from '../../features/batches/a-batch.ts';

test('what has not ended is shown, newest first, each with its own address', () => {
  const batches = [
    aBatch({ id: 'old', created_at: '2026-09-01T10:00:00.000Z' }),
    aBatch({ id: 'done', state: 'done', created_at: '2026-09-03T10:00:00.000Z' }),
  ];
  const imports = [aBatch({ id: 'new', state: 'preparing', created_at: '2026-09-02T10:00:00.000Z' })];
  expect(openWork(batches, imports).map(pathOf)).toEqual(['/imports/new', '/batches/old']);
});

test('the ring shows how much of all is over, that something failed, and a pause of everything', () => {
  const waiting = aBatch({ total: 30, counts: { waiting: 30, running: 0, done: 0, failed: 0 } });
  expect(lookOfServer([aBatch()])).toEqual({ share: 0.3, failed: true, state: 'running' });
  expect(lookOfServer([waiting, aBatch()]).share).toBeCloseTo(3 / 40);
  expect(lookOfServer([aBatch({ state: 'paused' })]).state).toBe('paused');
  expect(lookOfServer([aBatch({ state: 'paused' }), waiting]).state).toBe('running');
  expect(lookOfServer([aBatch({ state: 'done' })]).state).toBe('ended');
});
