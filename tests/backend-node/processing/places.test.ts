import { expect, test } from 'vitest';
import { Places } from '../../../backend-node/src/processing/places.ts';

const patient = new AbortController().signal;

test('who finds no place waits for one, in order', async () => {
  const places = new Places(1, 1000);
  const leave = await places.take(patient);
  const order: string[] = [];
  const first = places.take(patient).then((out) => {
    order.push('first');
    out();
  });
  const second = places.take(patient).then((out) => {
    order.push('second');
    out();
  });
  await Promise.resolve();
  expect(order).toEqual([]);
  leave();
  leave();
  await Promise.all([first, second]);
  expect(order).toEqual(['first', 'second']);
});

test('leaving twice frees one place', async () => {
  const places = new Places(1, 20);
  const leave = await places.take(patient);
  leave();
  leave();
  await places.take(patient);
  await expect(places.take(patient)).rejects.toThrow('all are taken');
});

test('nobody waits for ever', async () => {
  const places = new Places(1, 20);
  await places.take(patient);
  await expect(places.take(patient)).rejects.toMatchObject({ code: 'too_busy' });
});

test('who finds the queue full is sent away at once', async () => {
  const places = new Places(1, 60_000, 1);
  const leave = await places.take();
  const waiting = places.take();
  await expect(places.take()).rejects.toMatchObject({ code: 'too_busy' });
  leave();
  (await waiting)();
});

test('who gives up leaves the queue', async () => {
  const places = new Places(1, 1000);
  const leave = await places.take(patient);
  const gone = new AbortController();
  const waiting = places.take(gone.signal);
  gone.abort(new Error('gone'));
  await expect(waiting).rejects.toThrow('gone');
  leave();
  await places.take(patient);
});

test('more places let more in, fewer let nobody in before enough have left', async () => {
  const places = new Places(1, 50);
  const leave = [await places.take(patient)];
  const waiting = places.take(patient);
  places.resize(2);
  leave.push(await waiting);
  places.resize(1);
  leave[0]?.();
  await expect(places.take(patient)).rejects.toMatchObject({ code: 'too_busy' });
  leave[1]?.();
  await places.take(patient);
});
