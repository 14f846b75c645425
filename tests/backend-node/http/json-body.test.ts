import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readJson } from '../../../backend-node/src/http/json-body.ts';
import { handleProblems } from '../../../backend-node/src/http/problems.ts';
import { beginRequests } from '../../../backend-node/src/http/request.ts';
import { createLog } from '../../../backend-node/src/logs.ts';
import { PASSWORD, startStudio, type Client, type Studio } from '../studio.ts';

let studio: Studio;
let admin: Client;

beforeAll(async () => {
  studio = await startStudio();
  admin = await studio.signUp('admin');
});
afterAll(() => studio.stop());

interface Wish {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly token?: string;
}

/** A request whose body stops after its first byte. Gives what sends the rest and tells the status. */
async function begun(port: number, { method, path, body, token = '' }: Wish): Promise<() => Promise<number>> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const text = JSON.stringify(body);
  const head = [
    `${method} ${path} HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    `Content-Length: ${text.length}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${text.slice(0, 1)}`);
  await sleep(100);
  return async () => {
    socket.write(text.slice(1));
    return statusOf(socket);
  };
}

async function statusOf(socket: Socket): Promise<number> {
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return Number(answer.toString().split(' ')[1]);
}

const portOf = () => (studio.server.address() as AddressInfo).port;

test('D5 who was an admin when the body began, and is none when it ends, changes nothing', async () => {
  const eve = await studio.signUp('eve');
  await admin.json('PATCH', `/users/${eve.id}`, { role: 'admin' });
  const wish = { method: 'PATCH', path: `/api/v1/users/${eve.id}`, body: { role: 'admin' }, token: eve.token };
  const finish = await begun(portOf(), wish);
  await admin.json('PATCH', `/users/${eve.id}`, { role: 'user' });
  expect(await finish()).toBe(403);
  expect(await eve.json('GET', '/me')).toMatchObject({ role: 'user' });
});

test('D5 nothing is made for an account that went while its body came', async () => {
  const bob = await studio.signUp('bob');
  const body = { name: 'ghost', shared: true, recipe: { steps: [{ operation: 'grayscale' }] } };
  const finish = await begun(portOf(), { method: 'POST', path: '/api/v1/recipes', body, token: bob.token });
  await bob.json('DELETE', '/me', { password: PASSWORD }, 204);
  expect(await finish()).toBe(401);
  expect(await admin.json('GET', '/recipes?shared=true')).toMatchObject({ items: [] });
});

test('a body that never comes is waited for only so long', async () => {
  const app = express();
  app.use(beginRequests(createLog({ log_level: 'error', log_format: 'json' }, { write: () => undefined })));
  app.post('/', readJson(undefined, 200), (req, res) => void res.json(req.body));
  app.use(handleProblems);
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{');
  expect(await statusOf(socket)).toBe(400);
  const whole = await begun(port, { method: 'POST', path: '/', body: { a: 1 } });
  expect(await whole()).toBe(200);
  server.closeAllConnections();
  server.close();
});
