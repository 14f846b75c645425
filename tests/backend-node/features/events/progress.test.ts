import { expect, test } from 'vitest';
import { isProgress, Progress } from '../../../../backend-node/src/features/events/progress.ts';
import type { JournalRow } from '../../../../backend-node/src/store/rows.ts';

let seq = 0;
const row = (target: string, action = 'batch.progressed'): JournalRow => ({
  id: '',
  revision: 1,
  seq: (seq += 1),
  at: '',
  owner: 'anna',
  actor: 'anna',
  action,
  target,
  details: {},
  request: '',
  previous: '',
  hash: '',
});

test('only what says how far a batch or an import is is progress', () => {
  const found = ['batch.progressed', 'import.progressed', 'batch.ended', 'image.trashed'].map((action) =>
    isProgress(row('a', action)),
  );
  expect(found).toEqual([true, true, false, false]);
});

test('the first is told at once, the next after a quarter of a second', () => {
  const progress = new Progress();
  const [first, second] = [row('a'), row('a')];
  progress.hold(first);
  expect(progress.wait(1000)).toBe(0);
  expect(progress.take(1000)).toBe(first);
  expect(progress.wait(1000)).toBe(Infinity);
  progress.hold(second);
  expect(progress.wait(1050)).toBe(200);
  expect(progress.take(1249)).toBeUndefined();
  expect(progress.take(1250)).toBe(second);
});

test('of several about one thing the newest is told, in the turn of the oldest', () => {
  const progress = new Progress();
  const [old, other, newest] = [row('a'), row('b'), row('a')];
  for (const each of [old, other, newest]) progress.hold(each);
  expect(progress.oldest).toBe(other.seq);
  expect(progress.take(1000)).toBe(newest);
  expect(progress.take(1250)).toBe(other);
  expect(progress.take(1500)).toBeUndefined();
  expect(progress.oldest).toBe(Infinity);
});

test('things that go on all the time take turns', () => {
  const progress = new Progress();
  const told: (string | undefined)[] = [];
  for (let now_ms = 0; now_ms < 1500; now_ms += 125) {
    for (const target of ['a', 'b', 'c']) progress.hold(row(target));
    const taken = progress.take(now_ms);
    if (taken) told.push(taken.target);
  }
  expect(told).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
});

test('what ended or is gone progresses no more; what is paused did', () => {
  const progress = new Progress();
  for (const target of ['a', 'b', 'c']) progress.hold(row(target));
  progress.overtake(row('a', 'batch.ended'));
  progress.overtake(row('b', 'batch.deleted'));
  progress.overtake(row('c', 'batch.paused'));
  expect(progress.take(1000)?.target).toBe('c');
  expect(progress.take(2000)).toBeUndefined();
});
