/** E5 where it is hardest: two gateways at the same moment, a gateway that dies, and bodies that are streams. */
import { createServer, request as ask, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { routes } from '../../../backend-node/src/contract/route.ts';
import { Api } from '../../../backend-node/src/http/api.ts';
import { created } from '../../../backend-node/src/http/call.ts';
import { handleProblems } from '../../../backend-node/src/http/problems.ts';
import { beginRequests } from '../../../backend-node/src/http/request.ts';
import { newId } from '../../../backend-node/src/ids.ts';
import { createLog } from '../../../backend-node/src/logs.ts';
import type { Store } from '../../../backend-node/src/store/store.ts';
import { overTheWire, sqlite, type Database } from '../store/databases.ts';
import { album } from '../store/sample.ts';
import { sending, SOMEBODY } from './small-api.ts';

const answers = { 201: { description: 'The thing.', body: z.object({ id: z.string() }) } };
const about = { tag: 'things', access: { scope: 'process' }, idempotent: true, answers } as const;
const declared = routes({
  make: {
    ...about,
    method: 'post',
    path: '/things',
    summary: 'Make a thing',
    body: z.strictObject({ name: z.string(), text: z.string().optional(), crash: z.boolean().optional() }),
    most_bytes: 64_000_000,
  },
  makeOfStream: {
    ...about,
    method: 'post',
    path: '/things/stream',
    summary: 'Make a thing of a file',
    stream: { 'multipart/form-data': z.looseObject({}) },
  },
});

const log = createLog({ log_level: 'error', log_format: 'json' }, { write: () => undefined });

/** A gateway that makes rows in `albums`. */
async function gateway(store: Store): Promise<Server> {
  const api = new Api({ authenticate: () => Promise.resolve(SOMEBODY), store, checkAnswers: true });
  api.add(declared, {
    make: async ({ body, note }) => {
      await sleep(30);
      const id = newId();
      const reply = created({ id }, `/api/v1/things/${id}`);
      await store.write([
        { insert: 'albums', row: album(id, { owner: SOMEBODY.id, name: body.name }) },
        ...note(reply),
      ]);
      // As far as the caller can tell: no answer ever comes.
      if (body.crash === true) await new Promise(() => undefined);
      return reply;
    },
    makeOfStream: async ({ req }) => {
      const id = newId();
      await text(req);
      await store.write([{ insert: 'albums', row: album(id, { owner: SOMEBODY.id }) }]);
      return created({ id }, `/api/v1/things/${id}`);
    },
  });
  const app = express().use(beginRequests(log), api.router(), handleProblems);
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const databases: readonly Database[] = [sqlite(), overTheWire(false)];

describe.each(databases.filter(({ missing }) => missing === undefined))('with $title', (database) => {
  let stores: readonly Store[];
  let gateways: readonly Server[];

  beforeAll(async () => {
    await database.start();
    const first = database.open('keys');
    // An SQLite file has one gateway.
    stores = database.title === 'SQLite' ? [first] : [first, database.open('keys')];
    gateways = await Promise.all([first, stores.at(-1) ?? first].map(gateway));
  });
  afterAll(async () => {
    for (const server of gateways) {
      server.closeAllConnections();
      server.close();
    }
    for (const store of stores) await store.close();
    await database.stop();
  });

  const made = (name: string) => stores[0]?.count('albums', { where: { owner: SOMEBODY.id, name } });
  const make = async (key: string, body: object, at = 0, signal?: AbortSignal) => {
    const server = gateways[at];
    if (!server) throw new Error('Expected a gateway');
    const init = sending('POST', body, { 'Idempotency-Key': key });
    const answer = await fetch(`${urlOf(server)}/things`, { ...init, ...(signal && { signal }) });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
  };

  test('E5 the same key at the same moment at two gateways makes one thing', async () => {
    for (let round = 0; round < 5; round += 1) {
      const name = `together ${round}`;
      const answers = await Promise.all([0, 1, 0, 1].map((at) => make(`together-${round}`, { name }, at)));
      expect(await made(name)).toBe(1);
      expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThanOrEqual(1);
      for (const { status, body } of answers) {
        if (status !== 201) expect(body).toMatchObject({ status: 409, code: 'idempotency_mismatch' });
      }
      expect(await make(`together-${round}`, { name }, 1)).toMatchObject({ status: 201 });
      expect(await made(name)).toBe(1);
    }
  });

  test('E5 what was made before the gateway died is not made again, and its answer is there at once', async () => {
    const away = new AbortController();
    const body = { name: 'crashed', crash: true };
    const lost = make('crashed', body, 0, away.signal).catch(() => undefined);
    for (let waited = 0; (await made('crashed')) === 0 && waited < 5000; waited += 10) await sleep(10);
    away.abort();
    await lost;
    const again = await make('crashed', body, 1);
    expect(again.status).toBe(201);
    expect(again.headers.get('Idempotency-Replayed')).toBe('true');
    expect(await stores[0]?.get('albums', String(again.body['id']))).toMatchObject({ name: 'crashed' });
    expect(await made('crashed')).toBe(1);
    expect(await make('crashed', { ...body, name: 'other' }, 1)).toMatchObject({ status: 409 });
  });

  test('a body of 40 MB has a key like any other', async () => {
    const body = { name: 'long', text: 'x'.repeat(40_000_000) };
    const first = await make('long', body);
    expect(await make('long', body, 1)).toMatchObject({ status: 201, body: first.body });
    expect(await make('long', { ...body, text: `${body.text.slice(1)}y` })).toMatchObject({ status: 409 });
    expect(await made('long')).toBe(1);
  });
});

describe('a stream', () => {
  const database = sqlite();
  let store: Store;
  let server: Server;

  beforeAll(async () => {
    store = database.open('streams');
    server = await gateway(store);
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await store.close();
    await database.stop();
  });

  const count = () => store.count('albums', {});
  const send = async (key: string, file: string, boundary: string, type = 'multipart/form-data') => {
    const body = `--${boundary}\r\nContent-Disposition: form-data; name="zip"; filename="a.zip"\r\n\r\n${file}\r\n--${boundary}--\r\n`;
    const headers = { 'Idempotency-Key': key, 'Content-Type': `${type}; boundary=${boundary}` };
    const answer = await fetch(`${urlOf(server)}/things/stream`, { method: 'POST', body, headers });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  test('E5 with the same key makes one thing, though each form has a boundary of its own', async () => {
    const first = await send('zip', 'x'.repeat(100_000), 'boundary-one');
    expect(await send('zip', 'x'.repeat(100_000), 'boundary-two')).toEqual(first);
    expect(await count()).toBe(1);
  });

  test('of another length or another type is another request', async () => {
    const before = await count();
    await send('other', 'x'.repeat(1000), 'boundary-one');
    expect(await send('other', 'x'.repeat(1001), 'boundary-one')).toMatchObject({ status: 409 });
    expect(await send('other', 'x'.repeat(1000), 'boundary-one', 'multipart/mixed')).toMatchObject({ status: 409 });
    expect(await count()).toBe(before + 1);
  });

  test('that was answered before is answered before it has come', async () => {
    const headers = { 'Idempotency-Key': 'early', 'Content-Type': 'multipart/form-data', 'Content-Length': '1000000' };
    const begin = () => {
      const request = ask(`${urlOf(server)}/things/stream`, { method: 'POST', headers });
      request.on('error', () => undefined);
      return request;
    };
    const whole = begin();
    whole.end('x'.repeat(1_000_000));
    const [first] = (await once(whole, 'response')) as [IncomingMessage];
    const told = await text(first);
    const part = begin();
    part.write('x');
    const [early] = (await once(part, 'response')) as [IncomingMessage];
    expect([early.statusCode, early.headers['idempotency-replayed']]).toEqual([201, 'true']);
    expect(await text(early)).toBe(told);
    part.destroy();
  });
});
