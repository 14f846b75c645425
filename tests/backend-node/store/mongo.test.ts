import { MongoClient } from 'mongodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openMongo } from '../../../backend-node/src/store/mongo.ts';
import type { Store } from '../../../backend-node/src/store/store.ts';
import { WireServer } from './databases.ts';
import { album } from './sample.ts';

let server: WireServer;
let store: Store | undefined;

const opened = (): Store => (store = openMongo(server.uri('mongo')));

const reason = WireServer.missing === undefined ? '' : `: ${WireServer.missing}`;

describe.skipIf(WireServer.missing !== undefined)(`MongoDB${reason}`, () => {
  beforeEach(async () => {
    server = await WireServer.prepare();
  });

  afterEach(async () => {
    await store?.close();
    await server.end();
  });

  const unavailable = { code: 'store_unavailable', status: 503, extras: { retry_after_s: 5 } };

  test('E8 is unavailable within seconds while the server is away, and comes back by itself with its rows', async () => {
    await server.start();
    await opened().write([{ insert: 'albums', row: album('a') }]);
    await store?.close();
    await server.kill();
    const begin = performance.now();
    await expect(opened().get('albums', 'a')).rejects.toMatchObject(unavailable);
    expect(performance.now() - begin).toBeLessThan(8000);
    await server.start();
    await expect.poll(() => store?.get('albums', 'a').catch(() => undefined), { timeout: 20_000 }).toBeDefined();
    await store?.write([{ insert: 'albums', row: album('b') }]);
    expect(await store?.count('albums', {})).toBe(2);
  });

  test('E8 a connection that was in use recovers as well', async () => {
    await server.start();
    const used = opened();
    await used.write([{ insert: 'albums', row: album('a') }]);
    await server.kill();
    await expect(used.write([{ insert: 'albums', row: album('b') }])).rejects.toMatchObject(unavailable);
    await expect(used.check()).rejects.toMatchObject(unavailable);
    await server.start();
    await expect.poll(() => used.get('albums', 'a').catch(() => undefined), { timeout: 20_000 }).toBeDefined();
    await used.check();
  });

  async function raw(work: (client: MongoClient) => Promise<unknown>): Promise<void> {
    const client = new MongoClient(server.uri('mongo'));
    await work(client);
    await client.close();
  }

  test('E9 finishes a restore that was stopped while its rows were put in place', async () => {
    await server.start();
    await opened().write([{ insert: 'albums', row: album('old') }]);
    await store?.close();
    await raw(async (client) => {
      const db = client.db();
      const restored = { ...album('new'), revision: 3 };
      await db.collection<{ _id: string }>('restoring_albums').insertOne({ ...restored, _id: restored.id });
      await db.collection<{ _id: string }>('schema').replaceOne({ _id: 'state' }, { version: 1, restoring: true });
    });
    expect(await opened().get('albums', 'new')).toMatchObject({ revision: 3 });
    expect(await store?.count('albums', {})).toBe(1);
  });

  test('refuses a database that a newer program wrote', async () => {
    await server.start();
    await opened().check();
    await store?.close();
    await raw((client) =>
      client.db().collection<{ _id: string }>('schema').replaceOne({ _id: 'state' }, { version: 99, restoring: false }),
    );
    await expect(opened().get('albums', 'a')).rejects.toThrow('a newer Vitrine wrote it');
  });
});
