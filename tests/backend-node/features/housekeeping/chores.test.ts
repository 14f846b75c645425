import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeExpired } from '../../../../backend-node/src/features/housekeeping/expired.ts';
import { keepHouse } from '../../../../backend-node/src/features/housekeeping/loop.ts';
import { emptyTrash } from '../../../../backend-node/src/features/housekeeping/trash.ts';
import { newId } from '../../../../backend-node/src/ids.ts';
import { createLog } from '../../../../backend-node/src/logs.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';
import { addImages } from '../albums/images.ts';

const DAY_MS = 86_400_000;
const signal = new AbortController().signal;

let studio: Studio;
let anna: Client;

beforeAll(async () => {
  studio = await startStudio();
  anna = await studio.signUp('anna');
});
afterAll(() => studio.stop());

const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();

describe('the trash', () => {
  test('is emptied of what was in it long enough, and of nothing else', async () => {
    const { store } = studio.parts;
    const old = await addImages(studio, anna, 600, { state: 'trashed', trashed_at: daysAgo(30.1), blobs: ['shared'] });
    const recent = await addImages(studio, anna, 2, { state: 'trashed', trashed_at: daysAgo(29.9) });
    const active = await addImages(studio, anna, 2);
    expect(await emptyTrash(studio.parts).run(signal)).toBe(600);
    expect(await store.count('images', { where: { id: { in: old.slice(0, 500) } } })).toBe(0);
    expect(await store.count('images', { where: { id: { in: [...recent, ...active] } } })).toBe(4);
    const { rows } = await store.find('journal', { where: { target: old[0] ?? '' } });
    expect(rows).toMatchObject([{ action: 'image.purged', owner: anna.id, actor: '' }]);
    expect(await store.get('released', 'shared')).toBeDefined();
    expect(await emptyTrash(studio.parts).run(signal)).toBe(0);
  });

  test('is emptied by several gateways at once, each picture once', async () => {
    const old = await addImages(studio, anna, 60, { state: 'trashed', trashed_at: daysAgo(31) });
    const done = await Promise.all([1, 2, 3].map(() => emptyTrash(studio.parts).run(signal)));
    for (let tries = 0; tries < 3; tries += 1) await emptyTrash(studio.parts).run(signal);
    expect(await studio.parts.store.count('images', { where: { id: { in: old } } })).toBe(0);
    expect(done.reduce((sum, some) => sum + some, 0)).toBeLessThanOrEqual(60);
    expect(await studio.parts.store.count('journal', { where: { target: { in: old } } })).toBe(60);
  });

  test('lets others be served meanwhile', async () => {
    await addImages(studio, anna, 300, { state: 'trashed', trashed_at: daysAgo(31) });
    const emptying = emptyTrash(studio.parts).run(signal);
    expect((await anna.call('/albums')).status).toBe(200);
    expect(await studio.parts.store.count('images', { where: { state: 'trashed' } })).toBeGreaterThan(2);
    await emptying;
  });
});

describe('what has expired', () => {
  const session = (expires_at: string) =>
    ({ id: newId(), owner: anna.id, counter: 1, client: '', created_at: '', rotated_at: '', expires_at }) as const;
  const share = (expires_at: string) =>
    ({
      id: newId(),
      owner: anna.id,
      album: 'a',
      variant: 'version',
      created_at: '',
      expires_at,
      state: 'active',
    }) as const;

  test('is removed; what lasts stays', async () => {
    const { store } = studio.parts;
    const before = await store.count('sessions', {});
    const throttle = { id: 'old', failures: 1, blocked_until: '', expires_at: daysAgo(1) };
    const run = { owner: anna.id, fingerprint: '', state: 'running', status: 0, headers: {}, body: '' } as const;
    await store.write([
      ...Array.from({ length: 250 }, () => ({ insert: 'sessions', row: session(daysAgo(1)) }) as const),
      { insert: 'sessions', row: session(daysAgo(-1)) },
      { insert: 'throttles', row: throttle },
      { insert: 'throttles', row: { ...throttle, id: 'new', expires_at: daysAgo(-1) } },
      { insert: 'idempotency', row: { ...run, id: 'old', expires_at: daysAgo(1) } },
      { insert: 'idempotency', row: { ...run, id: 'new', expires_at: daysAgo(-1) } },
      { insert: 'shares', row: share(daysAgo(29)) },
      { insert: 'shares', row: share(daysAgo(31)) },
    ]);
    expect(await removeExpired(store).run(signal)).toBe(253);
    expect(await store.count('sessions', {})).toBe(before + 1);
    expect(await store.get('throttles', 'old')).toBeUndefined();
    expect(await store.get('throttles', 'new')).toBeDefined();
    expect(await store.get('idempotency', 'old')).toBeUndefined();
    expect(await store.get('idempotency', 'new')).toBeDefined();
    expect(await store.count('shares', {})).toBe(1);
    expect((await anna.call('/me')).status).toBe(200);
  });

  test('is removed by several gateways at once', async () => {
    const { store } = studio.parts;
    await store.write(Array.from({ length: 150 }, () => ({ insert: 'sessions', row: session(daysAgo(1)) }) as const));
    await Promise.all([1, 2, 3].map(() => removeExpired(store).run(signal)));
    expect(await store.count('sessions', { where: { expires_at: { to: new Date().toISOString() } } })).toBe(0);
  });
});

describe('the loop', () => {
  const log = createLog({ log_level: 'info', log_format: 'json' }, { write: (line: string) => void lines.push(line) });
  const lines: string[] = [];

  test('does every chore again and again, whatever fails, until it is stopped', async () => {
    const done: string[] = [];
    const chore = (name: string, run: () => number) => ({
      name,
      run: () => {
        done.push(name);
        return Promise.resolve().then(run);
      },
    });
    const failing = chore('fails', () => {
      throw new Error('no such luck');
    });
    const house = keepHouse([failing, chore('works', () => 3)], log, { first_ms: 1, each_ms: 20 });
    for (let waited = 0; done.length < 6 && waited < 3000; waited += 10) await sleep(10);
    await house.stop();
    expect(done.slice(0, 4)).toEqual(['fails', 'works', 'fails', 'works']);
    const count = done.length;
    await sleep(60);
    expect(done).toHaveLength(count);
    expect(lines.join('')).toMatch(/"level":"warn".*fails.*no such luck/);
    expect(lines.join('')).toMatch(/"chore":"works","done":3/);
  });

  test('tells a long chore to end, and waits for it', async () => {
    let ended = false;
    const long = {
      name: 'long',
      run: async (over: AbortSignal) => {
        while (!over.aborted) await sleep(5);
        await sleep(30);
        ended = true;
        return 0;
      },
    };
    const house = keepHouse([long], log, { first_ms: 1, each_ms: 1000 });
    await sleep(50);
    await house.stop();
    expect(ended).toBe(true);
  });
});
