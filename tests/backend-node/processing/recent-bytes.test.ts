import { expect, test } from 'vitest';
import { RecentBytes } from '../../../backend-node/src/processing/recent-bytes.ts';

test('the least recently used go, so that the budget holds', () => {
  const recent = new RecentBytes(1000);
  for (let at = 0; at < 100; at += 1) recent.add(`k${at}`, Buffer.alloc(10));
  expect(recent.get('k0')).toHaveLength(10);
  recent.add('one more', Buffer.alloc(10));
  expect(recent.get('k1')).toBeUndefined();
  expect(recent.get('k0')).toHaveLength(10);
  expect(recent.get('one more')).toHaveLength(10);
});

test('what takes more than a hundredth of the budget is not kept, and nothing counts twice', () => {
  const recent = new RecentBytes(1000);
  recent.add('large', Buffer.alloc(11));
  expect(recent.get('large')).toBeUndefined();
  for (let times = 0; times < 200; times += 1) recent.add('same', Buffer.alloc(10));
  recent.add('other', Buffer.alloc(10));
  expect(recent.get('same')).toBeDefined();
  expect(recent.get('other')).toBeDefined();
});
