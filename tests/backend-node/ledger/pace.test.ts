import { expect, test } from 'vitest';
import { Pace } from '../../../backend-node/src/ledger/pace.ts';

const SECOND = 1000;

/** So many items each second, for so many seconds. */
function ran(pace: Pace, each_s: number, seconds: number, from_s = 1): void {
  for (let at = from_s; at <= from_s + seconds; at += 1) pace.passed(each_s, at * SECOND);
}

test('as long as nothing is known, no more than the least is given out', () => {
  const pace = new Pace(8, 400);
  expect(pace.room).toBe(8);
  expect(pace.lot).toBe(2);
});

test('what is fast gets more to do, up to the most', () => {
  const pace = new Pace(8, 400);
  ran(pace, 10, 20);
  expect(pace.room).toBeGreaterThan(40);
  expect(pace.room).toBeLessThanOrEqual(160);
  ran(pace, 10_000, 20, 30);
  expect(pace.room).toBe(400);
  expect(pace.lot).toBe(100);
});

test('what becomes slow gets less again, down to the least', () => {
  const pace = new Pace(8, 400);
  ran(pace, 100, 5);
  const fast = pace.room;
  ran(pace, 0, 60, 10);
  expect(pace.room).toBeLessThan(fast);
  expect(pace.room).toBe(8);
});

test('one quick second does not turn everything over', () => {
  const pace = new Pace(8, 100_000);
  ran(pace, 10, 20);
  const before = pace.room;
  pace.passed(1000, 22 * SECOND);
  expect(pace.room).toBeGreaterThan(before);
  expect(pace.room).toBeLessThan(1000 * 8);
});

test('a break is not taken for slowness', () => {
  const pace = new Pace(8, 400);
  ran(pace, 20, 10);
  const before = pace.room;
  pace.rested();
  pace.passed(20, 5000 * SECOND);
  pace.passed(20, 5001 * SECOND);
  expect(pace.room).toBeGreaterThanOrEqual(before * 0.9);
});
