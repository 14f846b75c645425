import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { Arrivals } from '../../../backend-node/src/events/arrivals.ts';
import { Journal } from '../../../backend-node/src/events/journal.ts';
import { createLog } from '../../../backend-node/src/logs.ts';
import { overTheWire, sqlite } from '../store/databases.ts';

const log = createLog({ log_level: 'error', log_format: 'json' });
const entry = { owner: 'anna', actor: 'anna', action: 'thing.done', target: 't', request: '' };

test('those who follow are woken, the others sleep on', async () => {
  const database = sqlite();
  const store = database.open('one');
  const journal = new Journal(store);
  const arrivals = new Arrivals({ store, journal, log });
  const woken: string[] = [];
  const stop = arrivals.follow('anna', () => woken.push('anna'));
  arrivals.follow('anna', () => woken.push('anna too'));
  arrivals.follow('eve', () => woken.push('eve'));
  await journal.write([], entry);
  expect(woken).toEqual(['anna', 'anna too']);
  stop();
  await journal.write([], entry);
  expect(woken).toEqual(['anna', 'anna too', 'anna too']);
  await store.close();
  await database.stop();
});

const wire = overTheWire(false);

describe.skipIf(wire.missing !== undefined)('with several gateways', () => {
  test('what another one wrote wakes too, within a second or so', async () => {
    await wire.start();
    const [store, others] = [wire.open('two'), wire.open('two')];
    const arrivals = new Arrivals({ store, journal: new Journal(store), log });
    const elsewhere = new Journal(others);
    await elsewhere.write([], entry);
    let woken = 0;
    const stop = arrivals.follow('anna', () => (woken += 1));
    await sleep(1500);
    const before = woken;
    await elsewhere.write([], entry);
    for (let waited = 0; woken === before && waited < 5000; waited += 50) await sleep(50);
    expect(woken).toBeGreaterThan(before);
    const quiet = woken;
    await sleep(1500);
    expect(woken).toBe(quiet);
    stop();
    await elsewhere.write([], entry);
    await sleep(1500);
    expect(woken).toBe(quiet);
    expect(await elsewhere.verify()).toMatchObject({ entries: 3, broken_at: undefined });
    await store.close();
    await others.close();
    await wire.stop();
  });

  test('both append to one chain', async () => {
    await wire.start();
    const [store, others] = [wire.open('three'), wire.open('three')];
    const [one, other] = [new Journal(store), new Journal(others)];
    const writes = Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? one : other).write([], entry));
    await Promise.all(writes);
    expect(await one.verify()).toMatchObject({ entries: 20, broken_at: undefined });
    await store.close();
    await others.close();
    await wire.stop();
  });
});
