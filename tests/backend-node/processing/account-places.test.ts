import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { AccountPlaces } from '../../../backend-node/src/processing/account-places.ts';

const MOST_WAIT_MS = 2000;

/** Work that runs until it is let go; tells how many of an account ran at once. */
function watched(places: AccountPlaces) {
  const running = new Map<string, number>();
  const most = new Map<string, number>();
  const begin = (account: string, until: Promise<unknown>): Promise<void> =>
    places.during(account, async (own) => {
      const leave = await own.take();
      running.set(account, (running.get(account) ?? 0) + 1);
      most.set(account, Math.max(most.get(account) ?? 0, running.get(account) ?? 0));
      await until;
      running.set(account, (running.get(account) ?? 1) - 1);
      leave();
    });
  return { begin, running, most };
}

test('A12 one account gets its share and no more, and another comes in at once', async () => {
  const { begin, running, most } = watched(new AccountPlaces(3, MOST_WAIT_MS));
  const held = Promise.withResolvers<undefined>();
  const greedy = Array.from({ length: 8 }, () => begin('greedy', held.promise));
  await sleep(0);
  expect(running.get('greedy')).toBe(3);
  await begin('modest', Promise.resolve());
  expect(most.get('modest')).toBe(1);
  held.resolve(undefined);
  await Promise.all(greedy);
  expect(most.get('greedy')).toBe(3);
});

test('A12 who waits too long is told to come back', async () => {
  const { begin } = watched(new AccountPlaces(1, 20));
  const held = Promise.withResolvers<undefined>();
  const first = begin('slow', held.promise);
  await expect(begin('slow', Promise.resolve())).rejects.toMatchObject({ code: 'too_busy' });
  held.resolve(undefined);
  await first;
  await begin('slow', Promise.resolve());
});
