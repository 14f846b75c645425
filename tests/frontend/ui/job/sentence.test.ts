import { expect, test } from 'vitest';
import { progressParts, stateWord, troubleText } from '../../../../frontend/src/ui/job/sentence.ts';
import { aBatch } from '../../features/batches/a-batch.ts';

const trouble = { code: 'storage_full', detail: 'There is no room left to write' };

test('while it runs: how far, how fast, how long still, and what failed', () => {
  expect(progressParts(aBatch())).toEqual(['3 of 10 pictures', '2 a second', 'about 3 min left', '1 failed']);
});

test('what is slow is told by the minute, and never as about nothing left', () => {
  expect(progressParts(aBatch({ rate_per_s: 0.05, left_s: 0.2 }))).toContain('3 a minute');
  expect(progressParts(aBatch({ rate_per_s: 0.05, left_s: 0.2 }))).toContain('about 1 s left');
});

test.each([
  ['nothing is known yet', aBatch({ rate_per_s: null, left_s: null })],
  ['it is paused', aBatch({ state: 'paused' })],
  ['something holds it up', aBatch({ trouble })],
])('no rate is told where %s', (_, batch) => {
  expect(progressParts(batch)).toEqual(['3 of 10 pictures', '1 failed']);
});

test('a batch that is being listed says so; one that never had pictures says nothing', () => {
  expect(progressParts(aBatch({ state: 'preparing', total: 0 }))).toEqual(['Its pictures are being listed']);
  expect(progressParts(aBatch({ state: 'failed', total: 0 }))).toEqual([]);
});

test.each([
  [aBatch(), 'Running'],
  [aBatch({ counts: { waiting: 10, running: 0, done: 0, failed: 0 } }), 'Queued'],
  [aBatch({ trouble }), 'Waiting'],
  [aBatch({ state: 'paused', trouble }), 'Paused'],
  [aBatch({ state: 'partial' }), 'Some failed'],
  [aBatch({ state: 'cancelled' }), 'Cancelled'],
])('its state in a word', (batch, word) => {
  expect(stateWord(batch)).toBe(word);
});

test('what holds it up is told in plain words, and that it goes on by itself', () => {
  expect(troubleText(aBatch({ trouble }))).toBe('There is no room on the disk. It goes on by itself once there is.');
  const unknown = { code: 'something_new', detail: 'The moon is full' };
  expect(troubleText(aBatch({ trouble: unknown }))).toBe('The moon is full. It goes on by itself.');
  expect(troubleText(aBatch())).toBe('');
});

test('what could not begin does not say that it goes on', () => {
  const broken = { code: 'broken_archive', detail: 'Expected a zip without a password' };
  expect(troubleText(aBatch({ state: 'failed', trouble: broken }))).toBe(
    'It could not begin. This zip has a password. Make one without.',
  );
});
