import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Delivery, Webhook } from '../../../../backend-node/src/contract/webhooks.ts';
import { deliveriesOf } from '../../../../backend-node/src/features/webhooks/letters.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';

const URL_OF_MINE = 'https://example.com/told?by=vitrine';

let studio: Studio;
let anna: Client;

beforeAll(async () => {
  studio = await startStudio();
  anna = await studio.signUp('anna');
});
afterAll(() => studio.stop());

const create = (who: Client, url = URL_OF_MINE) =>
  who.json<Webhook & { secret: string }>('POST', '/webhooks', { url }, 201);
const list = async (who: Client) => (await who.json<{ items: Webhook[] }>('GET', '/webhooks')).items;
const told = (who: Client, id: string, query = '') =>
  who.json<{ items: Delivery[]; nextCursor: string | null }>('GET', `/webhooks/${id}/deliveries${query}`);

test('the secret is shown once, and is in no log', async () => {
  const webhook = await create(anna);
  expect(webhook.secret).toMatch(/^whsec_/);
  expect(await list(anna)).toEqual([{ id: webhook.id, url: URL_OF_MINE, created_at: webhook.created_at }]);
  const { rows } = await studio.parts.store.find('journal', { where: { target: webhook.id } });
  expect(rows).toMatchObject([{ action: 'webhook.created', details: {} }]);
  expect(JSON.stringify(rows)).not.toContain('whsec_');
});

test('the same key makes one webhook', async () => {
  const body = JSON.stringify({ url: URL_OF_MINE });
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': 'one-webhook' };
  const ask = async () => (await anna.call('/webhooks', { method: 'POST', headers, body })).json();
  const before = (await list(anna)).length;
  expect(await ask()).toEqual(await ask());
  expect(await list(anna)).toHaveLength(before + 1);
});

test.each(['ftp://example.com/', 'javascript:alert(1)', 'example.com', '/told', 'https://me:secret@example.com/'])(
  'refuses %j as an address',
  async (url) => {
    await anna.json('POST', '/webhooks', { url }, 400);
  },
);

test('an account has ten at most', async () => {
  const carl = await studio.signUp('carl');
  for (let at = 0; at < 10; at += 1) await create(carl);
  expect(await carl.json('POST', '/webhooks', { url: URL_OF_MINE }, 409)).toMatchObject({ code: 'conflict' });
});

test('what has ended is one letter to each webhook of the account, and to nobody else’s', async () => {
  const [dora, eve] = [await studio.signUp('dora'), await studio.signUp('eve')];
  const mine = [await create(dora), await create(dora)];
  await create(eve);
  const { store } = studio.parts;
  await store.write(await deliveriesOf(store, dora.id, 'batch.ended', { id: 'b', counts: { done: 997, failed: 3 } }));
  for (const { id } of mine) {
    const [row] = (await store.find('deliveries', { where: { webhook: id } })).rows;
    expect(JSON.parse(row?.body ?? '')).toEqual({
      type: 'batch.ended',
      timestamp: row?.created_at,
      data: { id: 'b', counts: { done: 997, failed: 3 } },
    });
  }
  expect(await store.count('deliveries', { where: { owner: eve.id } })).toBe(0);
});

test('deliveries are listed page by page, newest first, without their bodies', async () => {
  const frank = await studio.signUp('frank');
  const { id } = await create(frank);
  const { store } = studio.parts;
  for (let at = 0; at < 3; at += 1) await store.write(await deliveriesOf(store, frank.id, 'batch.ended', { at }));
  const first = await told(frank, id, '?limit=2');
  const second = await told(frank, id, `?limit=2&cursor=${first.nextCursor ?? ''}`);
  const all = [...first.items, ...second.items];
  expect(all.map((each) => each.id)).toEqual(
    all
      .map((each) => each.id)
      .toSorted()
      .reverse(),
  );
  expect(all).toHaveLength(3);
  expect(second.nextCursor).toBeNull();
  expect(Object.keys(all[0] ?? {}).sort()).toEqual([
    'attempts',
    'created_at',
    'due_at',
    'event',
    'id',
    'outcome',
    'state',
  ]);
});

test('a second test waits for the first', async () => {
  const gina = await studio.signUp('gina');
  const { id } = await create(gina);
  expect(await gina.json('POST', `/webhooks/${id}/test`, undefined, 202)).toMatchObject({
    state: 'waiting',
    attempts: 0,
  });
  await gina.json('POST', `/webhooks/${id}/test`, undefined, 409);
});

test('a deleted webhook takes along what it was to be told', async () => {
  const hugo = await studio.signUp('hugo');
  const [gone, stays] = [await create(hugo), await create(hugo)];
  const { store } = studio.parts;
  await store.write(await deliveriesOf(store, hugo.id, 'batch.ended', {}));
  await hugo.json('DELETE', `/webhooks/${gone.id}`, undefined, 204);
  await hugo.json('DELETE', `/webhooks/${gone.id}`, undefined, 404);
  expect(await store.count('deliveries', { where: { webhook: gone.id } })).toBe(0);
  expect(await store.count('deliveries', { where: { webhook: stays.id } })).toBe(1);
  expect(await list(hugo)).toHaveLength(1);
});
