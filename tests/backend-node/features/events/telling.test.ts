import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { BEGINNING, rowAfter, type Head } from '../../../../backend-node/src/events/chain.ts';
import { Journal } from '../../../../backend-node/src/events/journal.ts';
import { openMongo } from '../../../../backend-node/src/store/mongo.ts';
import { first, type Change } from '../../../../backend-node/src/store/store.ts';
import { WireServer } from '../../store/databases.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';
import { Listener, type Heard } from './listener.ts';

const EACH_MS = 250;

let studio: Studio;
const open: Listener[] = [];

beforeAll(async () => {
  studio = await startStudio();
});
afterEach(() => {
  for (const listener of open.splice(0)) listener.close();
});
afterAll(() => studio.stop());

async function listen(who: Client, last?: string): Promise<Listener> {
  const listener = await Listener.open(who, last);
  open.push(listener);
  return listener;
}

async function write(
  owner: Client,
  action: string,
  target: string,
  done = 0,
  to = studio.parts.journal,
): Promise<void> {
  await to.write([], { owner: owner.id, actor: owner.id, action, target, details: { done }, request: '' });
}

/** As a batch of many pictures leaves them. */
async function writeAtOnce(owner: Client, count: number): Promise<void> {
  const { store } = studio.parts;
  let head: Head | undefined = await first(store, 'journal', { order: ['seq', 'desc'] });
  const changes: Change[] = [];
  for (let done = 1; done <= count; done += 1) {
    const what = { owner: owner.id, actor: owner.id, action: 'batch.progressed', target: 'big', request: '' };
    const row = rowAfter(head ?? BEGINNING, { ...what, details: { done } });
    changes.push({ insert: 'journal', row });
    head = row;
  }
  await store.write(changes);
}

const progress = (owner: Client, target: string, done: number, to?: Journal) =>
  write(owner, 'batch.progressed', target, done, to);
const isProgress = ({ event }: Heard): boolean => event.endsWith('.progressed');
const toldOf = (listener: Listener, target: string) =>
  listener.events.filter((heard) => heard.data['target'] === target).map(({ data }) => data['details']);
const targets = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `t${String(at).padStart(2, '0')}`);

describe('progress', () => {
  test('of the one thing that goes on is told at once', async () => {
    const anna = await studio.signUp('anna');
    const listener = await listen(anna);
    await progress(anna, 'a', 1);
    await listener.until(() => listener.events.length === 1);
    expect(listener.last).toMatch(/^\d+$/);
  });

  test('is told five times a second at most, however fast it goes and however many go at once', async () => {
    const berta = await studio.signUp('berta');
    const listener = await listen(berta);
    const started = performance.now();
    for (let done = 1; done <= 100; done += 1) {
      for (const target of ['a', 'b', 'c']) await progress(berta, target, done);
    }
    await listener.until(() => listener.events.filter(({ data }) => hasDone(data, 100)).length === 3);
    const told = listener.events.filter(isProgress).length;
    expect(told).toBeLessThanOrEqual(Math.floor((performance.now() - started) / EACH_MS) + 1);
    expect(told).toBeLessThan(300);
  });

  test('is told newest last, and each thing has its turn', async () => {
    const carl = await studio.signUp('carl');
    const listener = await listen(carl);
    for (let done = 1; done <= 5; done += 1) for (const target of targets(5)) await progress(carl, target, done);
    await listener.until(() => listener.events.filter(({ data }) => hasDone(data, 5)).length === 5);
    for (const target of targets(5)) {
      const seen = toldOf(listener, target).map((details) => (details as { done: number }).done);
      expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    }
  });

  test('holds nothing else up', async () => {
    const dora = await studio.signUp('dora');
    const listener = await listen(dora);
    for (const target of targets(20)) await progress(dora, target, 1);
    await write(dora, 'thing.done', 'x');
    await listener.until(() => listener.events.filter(isProgress).length === 20, 20_000);
    const at = listener.events.findIndex(({ event }) => event === 'thing.done');
    expect(at).toBeGreaterThanOrEqual(0);
    expect(at).toBeLessThan(19);
  });

  test('is not told any more once the thing has ended or is gone', async () => {
    const emil = await studio.signUp('emil');
    const listener = await listen(emil);
    for (const target of ['first', 'ended', 'deleted', 'paused']) await progress(emil, target, 1);
    await write(emil, 'batch.ended', 'ended', 2);
    await write(emil, 'batch.deleted', 'deleted');
    await write(emil, 'batch.paused', 'paused');
    await listener.until(() => toldOf(listener, 'paused').length === 2);
    for (const target of ['ended', 'deleted']) {
      const told = listener.events.filter(({ data }) => data['target'] === target).map(({ event }) => event);
      expect(told.at(-1)).toBe(`batch.${target}`);
    }
  });
});

describe('resuming while progress waits', () => {
  let hugo: Client;
  beforeAll(async () => {
    hugo = await studio.signUp('hugo');
  });

  test('loses no newest progress, and tells nothing else twice', async () => {
    const frida = await studio.signUp('frida');
    const before = await listen(frida);
    for (const target of targets(8)) await progress(frida, target, 1);
    await write(frida, 'thing.done', 'x');
    await before.until(() => before.events.some(({ event }) => event === 'thing.done'));
    before.close();
    expect(before.last).toMatch(/^\d+-\d+$/);
    await progress(frida, 't07', 2);
    await write(frida, 'thing.done', 'y');
    const after = await listen(frida, before.last);
    await after.until(() => hasAll([before, after], targets(8)) && toldOf(after, 't07').length > 0);
    await after.until(() => toldOf(after, 'y').length === 1);
    expect(toldOf(after, 'x')).toEqual([]);
    expect(toldOf(after, 't07').at(-1)).toEqual({ done: 2 });
    expect(after.last).toMatch(/^\d+$/);
    const again = await listen(frida, after.last);
    await write(frida, 'thing.done', 'z');
    await again.until(() => again.events.length > 0);
    expect(again.events.map(({ data }) => data['target'])).toEqual(['z']);
  });

  test('after a big batch is no reason to read everything again', async () => {
    const greta = await studio.signUp('greta');
    const before = await listen(greta);
    before.close();
    const newest = await studio.parts.journal.newest();
    await writeAtOnce(greta, 6000);
    await write(greta, 'batch.ended', 'big', 6000);
    const after = await listen(greta, String(newest));
    await after.until(() => after.events.some(({ event }) => event === 'batch.ended'), 20_000);
    expect(after.events.some(({ event }) => event === 'reset')).toBe(false);
    expect(after.events.length).toBeLessThan(100);
  });

  test.each(['5-9', '5-', '-5', '5-x', '1-1-1', `5-${'1'.repeat(13)}`])('refuses %j as a last id', async (last) => {
    expect((await hugo.call('/events', { headers: { 'Last-Event-ID': last } })).status).toBe(400);
  });
});

test.skipIf(WireServer.missing !== undefined)(
  'progress that several gateways write is told five times a second',
  async () => {
    const server = await WireServer.prepare();
    await server.start();
    const uri = server.uri('progress');
    const shared = await startStudio({ mongodb_uri: uri });
    const ida = await shared.signUp('ida');
    const listener = await listen(ida);
    const elsewhere = openMongo(uri, { transactions: false });
    const journals = [shared.parts.journal, new Journal(elsewhere)];
    const started = performance.now();
    for (let done = 1; done <= 30; done += 1) {
      for (const [at, journal] of journals.entries()) await progress(ida, `t${at}`, done, journal);
    }
    await listener.until(() => listener.events.filter(({ data }) => hasDone(data, 30)).length === 2, 10_000);
    const told = listener.events.filter(isProgress).length;
    expect(told).toBeLessThanOrEqual(Math.floor((performance.now() - started) / EACH_MS) + 1);
    listener.close();
    await elsewhere.close();
    await shared.stop();
    await server.end();
  },
);

const hasDone = (data: Heard['data'], done: number): boolean => (data['details'] as { done: number }).done === done;
const hasAll = (listeners: readonly Listener[], wanted: readonly string[]): boolean =>
  wanted.every((target) => listeners.some((listener) => toldOf(listener, target).length > 0));
