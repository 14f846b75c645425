import { expect, test } from 'vitest';
import { Breaker } from '../../../backend-node/src/processing/breaker.ts';

test('opens after three failures in a row, and lets one try a second', () => {
  const breaker = new Breaker();
  breaker.failed(0);
  breaker.failed(0);
  expect(breaker.refusedFor(1)).toBe(0);
  breaker.failed(1);
  expect(breaker.open).toBe(true);
  expect(breaker.refusedFor(500)).toBe(1);
  expect(breaker.refusedFor(1001)).toBe(0);
  expect(breaker.refusedFor(1002)).toBe(1);
});

test('one success closes it', () => {
  const breaker = new Breaker();
  for (let times = 0; times < 5; times += 1) breaker.failed(0);
  breaker.succeeded();
  expect(breaker.open).toBe(false);
  expect(breaker.refusedFor(1)).toBe(0);
});

test('failures that do not follow each other leave it closed', () => {
  const breaker = new Breaker();
  for (let times = 0; times < 5; times += 1) {
    breaker.failed(0);
    breaker.failed(0);
    breaker.succeeded();
  }
  expect(breaker.open).toBe(false);
});
