/** E8: the database goes away and comes back; the gateway says so, loses nothing and goes on by itself. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { picture } from '../photos.ts';
import { WireServer } from '../store/databases.ts';
import { startStudio, type Client, type Studio } from '../studio.ts';

interface Listed {
  readonly items: readonly { readonly id: string; readonly name: string }[];
}

describe.skipIf(WireServer.missing)(`the database stops ${WireServer.missing ?? ''}`, () => {
  let server: WireServer;
  let studio: Studio;
  let me: Client;

  beforeAll(async () => {
    server = await WireServer.prepare();
    await server.start();
    studio = await startStudio({ mongodb_uri: server.uri('stops') });
    me = await studio.signUp('somebody');
  });

  afterAll(async () => {
    await studio.stop();
    await server.end();
  });

  const upload = (seed: number): Promise<Response> =>
    me.call(`/images?name=${seed}.png`, {
      method: 'POST',
      body: picture(seed),
      headers: { 'Content-Type': 'application/octet-stream' },
    });

  test('E8 503 with Retry-After while it is down, no orphan row, and it recovers by itself', async () => {
    expect((await upload(1)).status).toBe(201);
    await server.kill();

    const refused = [await me.call('/images'), await upload(2), await fetch(`${studio.url}/readyz`)];
    for (const answer of refused) {
      expect(answer.status).toBe(503);
      expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
      expect(await answer.json()).toMatchObject({ code: 'store_unavailable' });
    }
    expect((await fetch(`${studio.url}/healthz`)).status).toBe(200);

    await server.start();
    await expect.poll(async () => (await me.call('/images')).status, { timeout: 20_000 }).toBe(200);
    expect(await names()).toEqual(['1.png']);
    expect((await upload(2)).status).toBe(201);
    expect(await names()).toEqual(['2.png', '1.png']);
    expect(await me.json('GET', '/audit/verify')).toMatchObject({ broken_at: null });
  });

  const names = async (): Promise<string[]> =>
    (await me.json<Listed>('GET', '/images')).items.map((image) => image.name);
});
