import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, expect, test } from 'vitest';
import { GatewayError } from '../../../backend-node/src/errors.ts';
import { Lease } from '../../../backend-node/src/http/lease.ts';
import type { IdempotencyRow } from '../../../backend-node/src/store/rows.ts';
import type { Store } from '../../../backend-node/src/store/store.ts';
import { sqlite } from '../store/databases.ts';

const database = sqlite();
const store = database.open('leases');
const leases: Lease[] = [];

afterEach(async () => {
  for (const lease of leases.splice(0)) await lease.end((row) => ({ remove: 'idempotency', id: row.id }));
});
afterAll(async () => {
  await store.close();
  await database.stop();
});

async function begin(id: string, of: Store = store): Promise<IdempotencyRow> {
  const content = { fingerprint: '', status: 0, headers: {}, body: '' };
  const row = { id, owner: 'anna', state: 'running', ...content, expires_at: new Date().toISOString() } as const;
  await store.write([{ insert: 'idempotency', row }]);
  leases.push(new Lease(of, { ...row, revision: 1 }, 10));
  return { ...row, revision: 1 };
}

async function until(condition: (row: IdempotencyRow) => boolean, id: string): Promise<void> {
  for (let waited = 0; waited < 5000; waited += 10) {
    const row = await store.get('idempotency', id);
    if (row && condition(row)) return;
    await sleep(10);
  }
  throw new Error('waited in vain');
}

test('a request that runs on keeps its key for as long as it does', async () => {
  const row = await begin('long');
  await until(({ expires_at, revision }) => expires_at > row.expires_at && revision > 3, 'long');
  await leases.pop()?.end((held) => ({ update: 'idempotency', row: { ...held, state: 'done' } }));
  expect(await store.get('idempotency', 'long')).toMatchObject({ state: 'done' });
});

test('a key that another request took in between stays its', async () => {
  await begin('lost');
  await until(({ revision }) => revision > 1, 'lost');
  for (let taken = false; !taken;) {
    const row = await store.get('idempotency', 'lost');
    taken = await store
      .write([{ update: 'idempotency', row: { ...row, fingerprint: 'other' } as IdempotencyRow }])
      .then(
        () => true,
        () => false,
      );
  }
  await sleep(50);
  await leases.pop()?.end((held) => ({ update: 'idempotency', row: { ...held, state: 'done' } }));
  expect(await store.get('idempotency', 'lost')).toMatchObject({ state: 'running', fingerprint: 'other' });
});

test('a database that is away for a moment takes no key away', async () => {
  let away = true;
  const moody = {
    ...store,
    write: (changes: Parameters<Store['write']>[0]) =>
      away ? Promise.reject(new GatewayError('store_unavailable', 'Not now')) : store.write(changes),
  };
  await begin('moody', moody);
  await sleep(50);
  away = false;
  await until(({ revision }) => revision > 1, 'moody');
});
