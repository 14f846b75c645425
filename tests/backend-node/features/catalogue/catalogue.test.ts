import { afterAll, beforeAll, expect, test } from 'vitest';
import { GatewayError } from '../../../../backend-node/src/errors.ts';
import { Catalogues } from '../../../../backend-node/src/features/catalogue/service.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';

let studio: Studio;
let anna: Client;

beforeAll(async () => {
  studio = await startStudio();
  anna = await studio.signUp('anna');
});
afterAll(() => studio.stop());

test.for(['operations', 'presets', 'channels', 'models'] as const)(
  '%s are listed, and cost nothing again',
  async (name) => {
    const answer = await anna.call(`/${name}`);
    expect(answer.status).toBe(200);
    expect(((await answer.json()) as { items: unknown[] }).items.length).toBeGreaterThan(0);
    const etag = answer.headers.get('ETag') ?? '';
    // fetch itself would add no-cache.
    const knows = (tag: string) => ({ headers: { 'If-None-Match': tag, 'Cache-Control': 'max-age=0' } });
    const again = await anna.call(`/${name}`, knows(etag));
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
    expect(again.headers.get('ETag')).toBe(etag);
    expect((await anna.call(`/${name}`, knows('"other"'))).status).toBe(200);
    expect((await studio.stranger.call(`/${name}`)).status).toBe(401);
  },
);

const DOWN = new GatewayError('processing_unavailable', 'down');

function catalogues() {
  const state = { time: 0, asked: 0, failure: undefined as Error | undefined, items: [{ name: 'one' }] };
  const source = {
    catalogue: () => {
      state.asked += 1;
      return state.failure ? Promise.reject(state.failure) : Promise.resolve({ items: state.items });
    },
  };
  const lists = new Catalogues(source, () => state.time);
  return { state, list: () => lists.list('presets', { request: 'r' }) };
}

test('a list is asked for once a minute, and once for all who want it', async () => {
  const { state, list } = catalogues();
  await Promise.all([list(), list(), list()]);
  state.time = 59_000;
  await list();
  expect(state.asked).toBe(1);
  state.time = 60_000;
  await list();
  expect(state.asked).toBe(2);
});

test('the old list does for ten minutes while pyservice is away', async () => {
  const { state, list } = catalogues();
  const { etag } = await list();
  state.failure = DOWN;
  state.time = 599_000;
  expect((await list()).etag).toBe(etag);
  state.time = 600_000;
  await expect(list()).rejects.toBe(DOWN);
  state.failure = undefined;
  expect((await list()).etag).toBe(etag);
});

test('an error of another kind is told', async () => {
  const { state, list } = catalogues();
  await list();
  state.failure = new Error('a bug');
  state.time = 100_000;
  await expect(list()).rejects.toThrow('a bug');
});

test('another content has another tag', async () => {
  const { state, list } = catalogues();
  const { etag } = await list();
  state.items = [{ name: 'two' }];
  state.time = 60_000;
  expect((await list()).etag).not.toBe(etag);
});
