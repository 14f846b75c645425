import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../../../backend-node/src/app.ts';
import { clientOf, startStudio, type Client, type Studio } from '../../studio.ts';
import { Listener } from './listener.ts';

let studio: Studio;
let anna: Client;
let eve: Client;
const open: Listener[] = [];

beforeAll(async () => {
  studio = await startStudio();
  anna = await studio.signUp('anna');
  eve = await studio.signUp('eve');
});
afterEach(async () => {
  for (const listener of open.splice(0)) listener.close();
  await sleep(20);
});
afterAll(() => studio.stop());

async function listen(who: Client, last?: string, headers?: Record<string, string>): Promise<Listener> {
  const listener = await Listener.open(who, last, headers);
  open.push(listener);
  return listener;
}

const album = async (who: Client, name = 'a'): Promise<string> =>
  (await who.json<{ id: string }>('POST', '/albums', { name }, 201)).id;

async function write(owner: string, count: number, details: Record<string, unknown> = {}, to = studio): Promise<void> {
  const entry = { owner, actor: owner, action: 'thing.done', target: 't', details, request: '' };
  await Promise.all(Array.from({ length: count }, () => to.parts.journal.write([], entry)));
}

describe('the stream', () => {
  test('tells what changed as it changes, and nothing from before', async () => {
    await album(anna, 'before');
    const listener = await listen(anna);
    expect(listener.headers.get('Content-Type')).toBe('text/event-stream; charset=utf-8');
    expect(listener.headers.get('X-Accel-Buffering')).toBe('no');
    expect(listener.headers.get('Cache-Control')).toContain('no-store');
    const id = await album(anna, 'after');
    await listener.until(() => listener.events.length > 0);
    await anna.json('PATCH', `/albums/${id}`, { name: 'again' });
    await listener.until(() => listener.events.length > 1);
    expect(listener.events.map(({ event }) => event)).toEqual(['album.created', 'album.changed']);
    const [first] = listener.events;
    expect(first?.data).toMatchObject({ target: id, action: 'album.created', details: {} });
    expect(Object.keys(first?.data ?? {}).sort()).toEqual(['action', 'at', 'details', 'target']);
  });

  test('D7 tells nobody what others do', async () => {
    const listener = await listen(eve);
    await album(anna);
    await album(eve, 'mine');
    await listener.until(() => listener.events.length > 0);
    await sleep(50);
    expect(listener.events).toHaveLength(1);
  });

  test('resumes where it was, with nothing lost and nothing twice', async () => {
    const before = await listen(anna);
    await album(anna);
    await before.until(() => before.events.length === 1);
    before.close();
    await write(anna.id, 250);
    await album(eve);
    const after = await listen(anna, before.last);
    const more = write(anna.id, 50);
    await after.until(() => after.events.length >= 300);
    await more;
    const ids = after.events.map(({ id }) => Number(id));
    expect(ids).toEqual([...new Set(ids)].sort((one, other) => one - other));
    expect(after.events).toHaveLength(300);
    expect(ids[0]).toBeGreaterThan(Number(before.last));
  });

  test('says reset where too much was missed, and goes on from now', async () => {
    const listener = await listen(anna);
    listener.close();
    await write(anna.id, 5000);
    const full = await listen(anna, listener.last);
    await full.until(() => full.events.length === 5000, 20_000);
    expect(full.events.some(({ event }) => event === 'reset')).toBe(false);
    await write(anna.id, 1);
    const reset = await listen(anna, listener.last);
    await album(anna);
    await reset.until(() => reset.events.length === 2);
    expect(reset.events.map(({ event }) => event)).toEqual(['reset', 'album.created']);
  });

  test('says reset for an id that is yet to come: the log was replaced', async () => {
    const listener = await listen(anna, '999999999');
    await listener.until(() => listener.events.length === 1);
    expect(listener.events[0]?.event).toBe('reset');
    expect(Number(listener.last)).toBeLessThan(999_999_999);
  });

  test.each(['x', '-1', '1.5', '1'.repeat(13), ''])('refuses %j as a last id', async (last) => {
    expect((await anna.call('/events', { headers: { 'Last-Event-ID': last } })).status).toBe(400);
  });

  test('is for who is signed in', async () => {
    expect((await studio.stranger.call('/events')).status).toBe(401);
  });

  test('is open to a key that may read, and to no other', async () => {
    const key = async (scopes: readonly string[]) =>
      (await anna.json<{ key: string }>('POST', '/api-keys', { name: 'k', scopes }, 201)).key;
    const listener = await listen(anna, undefined, { Authorization: `Bearer ${await key(['images:read'])}` });
    await album(anna);
    await listener.until(() => listener.events.length > 0);
    const other = { Authorization: `Bearer ${await key(['images:write'])}` };
    expect((await anna.call('/events', { headers: other })).status).toBe(403);
  });

  test('is open ten times for one account, and again once one is closed', async () => {
    for (let at = 0; at < 10; at += 1) await listen(anna);
    const refused = await anna.call('/events');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('Retry-After')).toBe('15');
    await listen(eve);
    open[0]?.close();
    await sleep(50);
    expect((await listen(anna)).status).toBe(200);
  });

  test('answers HEAD without staying open', async () => {
    const answer = await anna.call('/events', { method: 'HEAD' });
    expect(answer.status).toBe(200);
    await answer.text();
  });
});

describe('the stream, in the long run', () => {
  let studio: Studio;
  let anna: Client;

  beforeAll(async () => {
    studio = await startStudio({ pace: { beat_ms: 200, patience_ms: 2000 } });
    anna = await studio.signUp('anna');
  });
  afterAll(() => studio.stop());

  test('shows that it is open, and ends with the sign-in or the key', async () => {
    const { key } = await anna.json<{ key: string }>('POST', '/api-keys', { name: 'k', scopes: ['images:read'] }, 201);
    const carl = await studio.signUp('carl');
    const dora = await studio.signUp('dora');
    const stays = await listen(anna);
    const byKey = await listen(anna, undefined, { Authorization: `Bearer ${key}` });
    const leaving = await listen(carl);
    const disabled = await listen(dora);
    const keys = await anna.json<{ items: { id: string }[] }>('GET', '/api-keys');
    await anna.json('DELETE', `/api-keys/${keys.items[0]?.id ?? ''}`, undefined, 204);
    await carl.call('/auth/logout', { method: 'POST', headers: { Origin: studio.url } });
    await anna.json('PATCH', `/users/${dora.id}`, { state: 'disabled' });
    for (const one of [byKey, leaving, disabled]) await one.until(() => one.ended);
    await stays.until(() => stays.beats > 0);
    expect(stays.ended).toBe(false);
  });

  test('is cut off where nobody reads, and costs no memory until then', async () => {
    const frank = await studio.signUp('frank');
    const port = Number(new URL(studio.url).port);
    const accepted = new Promise<Socket>((resolve) => studio.server.once('connection', resolve));
    const socket = connect(port, '127.0.0.1').pause();
    socket.on('error', () => undefined);
    socket.write(`GET /api/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${frank.token}\r\n\r\n`);
    await sleep(200);
    const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
    for (let time = 0; time < 20; time += 1) await write(frank.id, 50, { text: 'x'.repeat(20_000) }, studio);
    await sleep(200);
    const grown = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed - before;
    expect(grown).toBeLessThan(60_000_000);
    const theirs = await accepted;
    for (let waited = 0; !theirs.destroyed && waited < 10_000; waited += 100) await sleep(100);
    expect(theirs.destroyed).toBe(true);
    socket.destroy();
  });
});

test('a gateway that ends says so to all who listen, and can end', async () => {
  const ending = new AbortController();
  const server = createApp({ ...studio.parts, ending: ending.signal }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const listener = await listen(clientOf(`http://127.0.0.1:${port}`, anna.id, anna.email, anna.token));
  ending.abort();
  const closed = new Promise((resolve) => server.close(resolve));
  await listener.until(() => listener.ended, 2000);
  await closed;
});
