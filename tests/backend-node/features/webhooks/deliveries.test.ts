/** Deliveries to a real receiver, by the real pyservice, which may reach that one place and no other. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook as Verifier } from 'standardwebhooks';
import { ulid } from 'ulid';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Delivery, Webhook } from '../../../../backend-node/src/contract/webhooks.ts';
import { removeOldDeliveries } from '../../../../backend-node/src/features/housekeeping/deliveries.ts';
import { Deliveries } from '../../../../backend-node/src/features/webhooks/deliveries.ts';
import { deliveriesOf, deliveryOf } from '../../../../backend-node/src/features/webhooks/letters.ts';
import { newSecret } from '../../../../backend-node/src/features/webhooks/signing.ts';
import { newId, now } from '../../../../backend-node/src/ids.ts';
import type { Store } from '../../../../backend-node/src/store/store.ts';
import { startPyservice, type RunningService } from '../../pyservice.ts';
import { overTheWire } from '../../store/databases.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';
import { Receiver, until } from './receiver.ts';

type Made = Webhook & { readonly secret: string };
const EACH_MS = 30;

let data_dir: string;
let service: RunningService;
let receiver: Receiver;
let studio: Studio;
let anna: Client;
const running: Deliveries[] = [];

beforeAll(async () => {
  receiver = await Receiver.start();
  data_dir = mkdtempSync(join(tmpdir(), 'vitrine-webhooks-'));
  copyFileSync(join(inject('pyservice').data_dir, 'service.secret'), join(data_dir, 'service.secret'));
  service = await startPyservice(data_dir, undefined, { VITRINE_FETCH_ALLOW: receiver.place });
  studio = await startStudio({ service_url: service.url });
  anna = await studio.signUp('anna');
}, 120_000);
afterEach(async () => {
  for (const each of running.splice(0)) await each.stop();
  receiver.statuses.splice(0);
});
afterAll(async () => {
  await studio.stop();
  await service.stop();
  receiver.stop();
  rmSync(data_dir, { recursive: true, force: true });
});

function deliver(store: Store = studio.parts.store): Deliveries {
  const deliveries = new Deliveries({ ...studio.parts, store }, EACH_MS).start();
  running.push(deliveries);
  return deliveries;
}

const create = (url: string): Promise<Made> => anna.json<Made>('POST', '/webhooks', { url }, 201);
const forget = (webhook: Made) => anna.json('DELETE', `/webhooks/${webhook.id}`, undefined, 204);
const told = async ({ id }: Made) =>
  (await anna.json<{ items: Delivery[] }>('GET', `/webhooks/${id}/deliveries`)).items;
const settled = async (webhook: Made) => (await told(webhook)).every(({ state }) => state !== 'waiting');

async function end(data: Record<string, unknown> = { id: 'b', state: 'partial' }): Promise<void> {
  const { store } = studio.parts;
  await store.write(await deliveriesOf(store, anna.id, 'batch.ended', data));
}

/** Nobody waits for the pause after the first attempts: what failed so often is due now. */
async function hurry(webhook: string, attempts: number): Promise<void> {
  const { store } = studio.parts;
  const where = { webhook, state: 'waiting' } as const;
  const waiting = async () => (await store.find('deliveries', { where })).rows.find((row) => row.attempts === attempts);
  await until(async () => (await waiting()) !== undefined);
  const row = await waiting();
  if (row) await store.write([{ update: 'deliveries', row: { ...row, due_at: now() } }]);
}

test('a receiver that we did not write takes what it is told for genuine', async () => {
  const webhook = await create(receiver.url('/genuine'));
  deliver();
  await end({ id: 'b', state: 'done', name: 'Schuhe für München' });
  await until(() => settled(webhook));
  const [letter] = receiver.at('/genuine');
  expect(
    new Verifier(webhook.secret).verify(letter?.body ?? '', letter?.headers as Record<string, string>),
  ).toMatchObject({
    type: 'batch.ended',
    data: { name: 'Schuhe für München' },
  });
  expect(letter?.headers['content-type']).toBe('application/json');
  const [delivery] = await told(webhook);
  expect(delivery).toMatchObject({
    id: letter?.headers['webhook-id'],
    state: 'delivered',
    attempts: 1,
    outcome: '204',
  });
  await forget(webhook);
});

test('a test is delivered at once and told how it went', async () => {
  const webhook = await create(receiver.url('/test'));
  receiver.statuses.push(500);
  const asked = await anna.json<Delivery>('POST', `/webhooks/${webhook.id}/test`, undefined, 202);
  deliver();
  await until(() => settled(webhook));
  expect(await told(webhook)).toMatchObject([{ id: asked.id, event: 'webhook.test', state: 'failed', outcome: '500' }]);
  await anna.json('POST', `/webhooks/${webhook.id}/test`, undefined, 202);
  await until(() => settled(webhook));
  expect(await told(webhook)).toMatchObject([{ state: 'delivered' }, { state: 'failed' }]);
  await forget(webhook);
});

test('E5 what is told again has the same id, whatever was answered before', async () => {
  const webhook = await create(receiver.url('/again'));
  receiver.statuses.push(500, 503);
  deliver();
  await end();
  await hurry(webhook.id, 1);
  await hurry(webhook.id, 2);
  await until(() => settled(webhook));
  const letters = receiver.at('/again');
  expect(letters).toHaveLength(3);
  expect(new Set(letters.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(new Set(letters.map(({ body }) => body)).size).toBe(1);
  const jobs = new Set<unknown>();
  for (const { headers, body } of letters) {
    new Verifier(webhook.secret).verify(body, headers as Record<string, string>);
    jobs.add(headers['webhook-id']);
  }
  expect(jobs.size).toBe(1);
  expect(await told(webhook)).toMatchObject([{ state: 'delivered', attempts: 3 }]);
  await forget(webhook);
});

test('a receiver that says it is gone is told once, and no redirect is followed', async () => {
  const webhook = await create(receiver.url('/gone'));
  receiver.statuses.push(410);
  deliver();
  await end();
  await until(() => settled(webhook));
  expect(await told(webhook)).toMatchObject([{ state: 'failed', attempts: 1, outcome: '410' }]);
  receiver.statuses.push(302);
  await end();
  await until(async () => (await told(webhook)).some(({ outcome }) => outcome === '302'));
  expect(receiver.at('/elsewhere')).toHaveLength(0);
  await forget(webhook);
});

describe('C11 a webhook reaches nothing inside', () => {
  test.each([
    ['the gateway itself', () => `${studio.url}/api/v1/webhooks`],
    ['the processing service', () => `${service.url}/healthz`],
    ['another port of the place that is allowed', () => `http://127.0.0.1:${closed?.place.split(':')[1] ?? ''}/`],
    ['the same machine by name', () => `http://localhost:${new URL(service.url).port}/`],
    ['the database', () => 'http://127.0.0.1:27017/'],
    ['the addresses of a cloud', () => 'http://169.254.169.254/latest/meta-data/'],
  ])('not %s', async (_, url) => {
    const webhook = await create(url());
    deliver();
    const asked = served;
    await end();
    await until(() => settled(webhook));
    const [delivery] = await told(webhook);
    expect(delivery).toMatchObject({ state: 'failed', attempts: 1, due_at: '' });
    expect(delivery?.outcome).toMatch(/^Expected/);
    expect(closed?.connections).toBe(0);
    expect(served).toBe(asked);
    await forget(webhook);
  });

  let closed: Receiver | undefined;
  let served = 0;
  beforeAll(async () => {
    closed = await Receiver.start();
    studio.server.on('request', ({ method, url }: { method?: string; url?: string }) => {
      if (method === 'POST' && url === '/api/v1/webhooks') served += 1;
    });
  });
  afterAll(() => closed?.stop());
});

describe('several gateways', () => {
  test('on one store deliver once', async () => {
    const webhook = await create(receiver.url('/once'));
    for (let at = 0; at < 20; at += 1) await end({ at });
    for (let gateways = 0; gateways < 3; gateways += 1) deliver();
    await until(() => settled(webhook));
    expect(receiver.at('/once')).toHaveLength(20);
    await forget(webhook);
  });

  const wire = overTheWire(false);
  test.skipIf(wire.missing !== undefined)('on one MongoDB deliver once', async () => {
    await wire.start();
    const stores = [wire.open('webhooks'), wire.open('webhooks')] as const;
    const row = { id: newId(), owner: 'anna', url: receiver.url('/wire'), secret: newSecret(), created_at: now() };
    await stores[0].write([{ insert: 'webhooks', row }]);
    for (let at = 0; at < 10; at += 1) {
      await stores[0].write(await deliveriesOf(stores[0], 'anna', 'batch.ended', { at }));
    }
    for (const store of stores) deliver(store);
    await until(async () => (await stores[0].count('deliveries', { where: { state: 'waiting' } })) === 0);
    for (const each of running.splice(0)) await each.stop();
    expect(receiver.at('/wire')).toHaveLength(10);
    for (const store of stores) await store.close();
    await wire.stop();
  });
});

test('what a gateway had begun when it ended is delivered by the next one, with the same id', async () => {
  const webhook = await create(receiver.url('/crashed'));
  const { store } = studio.parts;
  const row = deliveryOf({ owner: anna.id, webhook: webhook.id, event: 'batch.ended', data: {}, at: now() });
  // As a crash between the claim and the answer leaves it.
  await store.write([{ insert: 'deliveries', row: { ...row, due_at: new Date(Date.now() + 300).toISOString() } }]);
  deliver();
  await sleep(100);
  expect(receiver.at('/crashed')).toHaveLength(0);
  await until(() => settled(webhook));
  expect(receiver.at('/crashed').map(({ headers }) => headers['webhook-id'])).toEqual([row.id]);
  await forget(webhook);
});

test('a letter to a webhook that is no more is dropped', async () => {
  const { store } = studio.parts;
  const row = deliveryOf({ owner: anna.id, webhook: newId(), event: 'batch.ended', data: {}, at: now() });
  await store.write([{ insert: 'deliveries', row }]);
  deliver();
  await until(async () => (await store.get('deliveries', row.id)) === undefined);
});

test('a gateway that stops waits for what it had begun', async () => {
  const webhook = await create(receiver.url('/stopping'));
  await end();
  const deliveries = deliver();
  await until(async () => (await told(webhook)).some(({ due_at }) => due_at > now()) || settled(webhook));
  await deliveries.stop();
  expect(await told(webhook)).toMatchObject([{ state: 'delivered' }]);
  await forget(webhook);
});

test('housekeeping removes deliveries of more than thirty days, and no others', async () => {
  const { store } = studio.parts;
  const DAY_MS = 86_400_000;
  const made = (days: number) => ({
    ...deliveryOf({ owner: anna.id, webhook: 'w', event: 'batch.ended', data: {}, at: now() }),
    id: ulid(Date.now() - days * DAY_MS),
    state: 'delivered' as const,
    due_at: '',
  });
  const [recent, old] = [made(29), Array.from({ length: 130 }, () => made(31))];
  await store.write([recent, ...old].map((row) => ({ insert: 'deliveries', row }) as const));
  expect(await removeOldDeliveries(store).run(new AbortController().signal)).toBe(130);
  expect(await store.get('deliveries', recent.id)).toBeDefined();
  expect(await store.get('deliveries', old[0]?.id ?? '')).toBeUndefined();
});
