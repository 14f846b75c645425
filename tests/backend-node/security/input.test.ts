/** Hostile input, for every route there is. */
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStudio, type Client, type Studio } from '../studio.ts';
import { callAs, EVERY, problemOf } from './calling.ts';
import { everythingOf, makeThings, type Things } from './things.ts';

let studio: Studio;
let owner: Client;
let things: Things;

beforeAll(async () => {
  studio = await startStudio();
  // The first account is the admin, so that its calls reach every route.
  owner = await studio.signUp('owner');
  things = await makeThings(owner);
});
afterAll(() => studio.stop());

const REFUSED = { status: 400, code: 'invalid_request' };

describe('queries', () => {
  test.each(EVERY)('D12 $name refuses an unknown parameter', async (known) => {
    const before = await everythingOf(studio, owner.id);
    expect(await problemOf(await callAs(owner, known, things, { query: 'surprise=1' }))).toMatchObject(REFUSED);
    expect(await everythingOf(studio, owner.id)).toBe(before);
  });

  test.each([
    'a[$ne]=1',
    'limit[$gt]=0',
    '$where=1',
    '__proto__[x]=1',
    '__proto__=1',
    'constructor[prototype][x]=1',
    'q[]=a',
  ])('D6 %s is refused everywhere', async (query) => {
    for (const known of EVERY) {
      expect(await problemOf(await callAs(owner, known, things, { query })), known.name).toMatchObject(REFUSED);
    }
    expect(Object.prototype).not.toHaveProperty('x');
  });

  const lists = EVERY.filter(({ route }) => route.query !== undefined && 'cursor' in route.query.shape);

  test.each(lists)('$name refuses bad pages', async (known) => {
    for (const query of [
      'limit=0',
      'limit=201',
      'limit=-1',
      'limit=1e3',
      'limit=x',
      'limit=1&limit=2',
      'limit=',
      'cursor=x',
      `cursor=${'x'.repeat(501)}`,
    ]) {
      expect(await problemOf(await callAs(owner, known, things, { query })), query).toMatchObject(REFUSED);
    }
  });
});

describe('bodies', () => {
  const withBody = EVERY.filter(({ route }) => route.body !== undefined);

  test.each(withBody)('D12 $name refuses JSON of another type', async (known) => {
    for (const text of ['null', '[]', '1', '"text"', 'true', '[{}]', '{', '{"a":1}garbage', '\u0000']) {
      const { status } = await problemOf(await callAs(owner, known, things, { text }));
      expect([400, 415], text).toContain(status);
    }
  });

  test.each(withBody)('D8 $name refuses an unknown field', async (known) => {
    const before = await everythingOf(studio, owner.id);
    const text = JSON.stringify({ ...known.sample.body?.(things), surprise: 1 });
    expect(await problemOf(await callAs(owner, known, things, { text }))).toMatchObject(REFUSED);
    expect(await everythingOf(studio, owner.id)).toBe(before);
  });

  test.each(withBody)('D6 $name takes no operator in place of a value', async (known) => {
    const right = known.sample.body?.(things) ?? {};
    for (const field of Object.keys(right)) {
      for (const operator of [{ $ne: null }, { $gt: '' }, { $regex: '.*' }, [{ $ne: null }]]) {
        const text = JSON.stringify({ ...right, [field]: operator });
        expect(await problemOf(await callAs(owner, known, things, { text })), text).toMatchObject(REFUSED);
      }
    }
  });

  test.each(withBody)('$name is not changed by the keys of prototypes', async (known) => {
    const right = JSON.stringify(known.sample.body?.(things) ?? {}).slice(1);
    for (const poison of ['"__proto__":{"polluted":1}', '"constructor":{"prototype":{"polluted":1}}']) {
      const text = `{${poison}${right === '}' ? '' : ','}${right}`;
      const { status } = await problemOf(await callAs(owner, known, things, { text }));
      expect(status, poison).toBe(400);
    }
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  test('D6 a sign-in with operators asks the database nothing', async () => {
    const body = { email: { $ne: null }, password: { $gt: '' } };
    expect(await studio.stranger.json('POST', '/auth/login', body, 400)).toMatchObject({ code: 'invalid_request' });
  });

  test.each([
    ['lists', '['.repeat(500_000)],
    ['lists that end', '['.repeat(200_000) + ']'.repeat(200_000)],
    ['things', '{"a":'.repeat(200_000) + '1' + '}'.repeat(200_000)],
    [
      'steps of a recipe',
      `{"name":"a","recipe":{"steps":[{"operation":"adjust","params":${'['.repeat(100_000)}${']'.repeat(100_000)}}]}}`,
    ],
  ])('%s nested very deeply are refused quickly', async (_, text) => {
    const started = performance.now();
    const init = { method: 'POST', body: text, headers: { 'Content-Type': 'application/json' } };
    const answer = await owner.call('/recipes', init);
    expect([400, 413]).toContain(answer.status);
    expect(performance.now() - started).toBeLessThan(3000);
  });

  test('a body that grows beyond 2 MB is refused while it comes', async () => {
    const init = {
      method: 'POST',
      body: `"${'a'.repeat(8_000_000)}"`,
      headers: { 'Content-Type': 'application/json' },
    };
    const answer = await owner.call('/recipes', init);
    expect(await problemOf(answer)).toMatchObject({ status: 413, code: 'request_too_large' });
  });
});

describe('methods', () => {
  const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
  const paths = [...new Set(EVERY.map(({ route }) => route.path))];

  test.each(paths)('D12 %s answers 405 and says what it takes', async (path) => {
    const there = EVERY.filter(({ route }) => route.path === path);
    const declared = there.map(({ route }) => route.method.toUpperCase());
    const address = there[0]?.sample.path(things) ?? '';
    for (const method of METHODS.filter((one) => !declared.includes(one))) {
      const answer = await owner.call(address, { method });
      expect(await problemOf(answer), method).toMatchObject({ status: 405, code: 'method_not_allowed' });
      const allowed = answer.headers.get('Allow')?.split(', ') ?? [];
      expect(allowed.filter((one) => one !== 'HEAD').toSorted(), method).toEqual(declared.toSorted());
    }
  });

  test.each(['TRACE', 'PROPFIND', 'LOCK', 'LINK'])('D12 %s is refused and repeats nothing', async (method) => {
    const { status, body } = await raw(method, '/api/v1/me', {
      'X-Secret': 'tell-me',
      Authorization: `Bearer ${owner.token}`,
    });
    expect(status).toBe(405);
    expect(body).not.toContain('tell-me');
    expect(body).not.toContain(owner.token);
  });

  const raw = async (method: string, path: string, headers: Record<string, string>) => {
    const asked = request(`${studio.url}${path}`, { method, headers }).end();
    const [answer] = (await once(asked, 'response')) as [AsyncIterable<Buffer> & { statusCode: number }];
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk);
    return { status: answer.statusCode, body: Buffer.concat(chunks).toString() };
  };
});

describe('other origins', () => {
  const hostile = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' };

  test.each(EVERY.filter(({ name }) => name !== 'followEvents' && name !== 'deleteMe'))(
    'D11 $name gives them no permission',
    async (known) => {
      const answer = await callAs(studio.stranger, known, things, { headers: hostile });
      await answer.arrayBuffer();
      const granted = [...answer.headers.keys()].filter((name) => name.startsWith('access-control-allow'));
      expect(granted).toEqual([]);
    },
  );

  test.each(['null', 'https://evil.example', 'http://127.0.0.1', 'http://localhost:8080.evil.example'])(
    'D11 a browser that asks first for %s gets no permission',
    async (origin) => {
      const headers = {
        Origin: origin,
        'Access-Control-Request-Method': 'DELETE',
        'Access-Control-Request-Headers': 'authorization',
      };
      const answer = await studio.stranger.call('/me', { method: 'OPTIONS', headers });
      expect(answer.status).toBe(405);
      expect(answer.headers.get('Access-Control-Allow-Origin')).toBeNull();
    },
  );
});

describe('slow callers', () => {
  test('two hundred who never finish their headers keep nobody else waiting', async () => {
    const { hostname, port } = new URL(studio.url);
    const sockets = Array.from({ length: 200 }, () => connect(Number(port), hostname));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    for (const socket of sockets)
      socket.on('error', () => undefined).write('GET /api/v1/me HTTP/1.1\r\nHost: a\r\nX-Slow: ');
    const started = performance.now();
    await owner.json('GET', '/me');
    expect(performance.now() - started).toBeLessThan(2000);
    for (const socket of sockets) socket.destroy();
  });

  test.each([
    ['very long headers', `GET /api/v1/me HTTP/1.1\r\nHost: a\r\nX-Long: ${'a'.repeat(100_000)}\r\n\r\n`],
    ['a header in the middle of another', 'GET /api/v1/me HTTP/1.1\r\nHost: a\r\nX: a\u0000b\r\n\r\n'],
    [
      'two lengths',
      'POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['no HTTP at all', '\u0016\u0003\u0001 nonsense\r\n\r\n'],
  ])('%s end the connection', async (_, text) => {
    const { hostname, port } = new URL(studio.url);
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    socket.on('error', () => undefined).on('data', (chunk: Buffer) => chunks.push(chunk));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(text);
    await closed;
    const answer = Buffer.concat(chunks).toString();
    expect(answer === '' || /^HTTP\/1\.1 4\d\d /.test(answer)).toBe(true);
  });
});
