/** Who may call what, for every route there is. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allRoutes } from '../../../backend-node/src/contract/index.ts';
import { SCOPES, type Scope } from '../../../backend-node/src/contract/route.ts';
import { picture } from '../photos.ts';
import { clientOf, PASSWORD, startStudio, type Client, type Studio } from '../studio.ts';
import { callAs, EVERY, problemOf } from './calling.ts';
import { SAMPLES } from './samples.ts';
import { everythingOf, makeThings, type Things } from './things.ts';

const OPEN = [
  ...['signUpState', 'register', 'login', 'refresh', 'logout'],
  ...['getShared', 'getSharedFile', 'healthz', 'readyz', 'metrics'],
];

let studio: Studio;
let owner: Client;
let other: Client;
let things: Things;

beforeAll(async () => {
  studio = await startStudio();
  await studio.signUp('admin');
  owner = await studio.signUp('owner');
  other = await studio.signUp('other');
  things = await makeThings(owner);
});
afterAll(() => studio.stop());

const keyOf = async (client: Client, scopes: readonly Scope[]): Promise<Client> => {
  const { key } = await client.json<{ key: string }>('POST', '/api-keys', { name: 'Robot', scopes }, 201);
  return clientOf(studio.url, client.id, client.email, key);
};

test('every route has a sample, and every sample a route', () => {
  expect(Object.keys(SAMPLES).toSorted()).toEqual(Object.keys(allRoutes).toSorted());
});

test('a route that needs no credential is one of a short list', () => {
  const open = EVERY.filter(({ route }) => route.access === 'open').map(({ name }) => name);
  expect(open.toSorted()).toEqual(OPEN.toSorted());
});

const closed = EVERY.filter(({ route }) => route.access !== 'open');

describe('D7 without a credential', () => {
  test.each(closed)('$name answers 401', async (known) => {
    expect(await problemOf(await callAs(studio.stranger, known, things))).toMatchObject({
      status: 401,
      code: 'unauthorized',
    });
  });

  test.each(closed)('$name answers 401 to one that is made up', async (known) => {
    const forged = clientOf(studio.url, '', '', 'vt_0123456789012345678901234567890123456789012');
    expect(await problemOf(await callAs(forged, known, things))).toMatchObject({ status: 401, code: 'unauthorized' });
  });
});

describe('D7 somebody else', () => {
  const leading = closed.filter(({ route, sample }) => sample.names ?? route.path.includes(':'));

  test.each(leading)('$name does not reach the things of another', async (known) => {
    const before = await everythingOf(studio, owner.id);
    const answer = await callAs(other, known, things);
    if (known.sample.perId) {
      // Not even in a list of what was done.
      expect(answer.status).toBeLessThan(300);
      await answer.arrayBuffer();
    } else {
      expect([403, 404]).toContain((await problemOf(answer)).status);
    }
    expect(await everythingOf(studio, owner.id)).toBe(before);
  });

  test.each(['original', 'thumb', 'version', 'mask'])(
    'the %s of an image of another is not served, not even its size',
    async (variant) => {
      const path = `/images/${things.image}/file?variant=${variant}`;
      for (const method of ['GET', 'HEAD']) {
        const answer = await other.call(path, { method });
        await answer.arrayBuffer();
        expect(answer.status).toBe(404);
      }
      const signedIn = await fetch(`${studio.url}/api/v1/auth/login`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ email: other.email, password: PASSWORD }),
      });
      const cookies = signedIn.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0]);
      expect(cookies.join()).toContain('vitrine_view=');
      const byCookie = await studio.stranger.call(path, { headers: { Cookie: cookies.join('; ') } });
      expect((await problemOf(byCookie)).status).toBe(404);
    },
  );

  test('an image of another cannot be put into an album of mine', async () => {
    const album = await other.json<{ id: string }>('POST', '/albums', { name: 'Mine' }, 201);
    const moved = await other.json('POST', `/albums/${album.id}/images`, { ids: [things.image, things.trashed] });
    expect(moved).toEqual({ changed: 0, missing: [things.image, things.trashed] });
    const body = { action: 'add_album', album: album.id, ids: [things.image] };
    expect(await other.json('POST', '/images/bulk', body)).toMatchObject({
      changed: 0,
      failed: [{ code: 'not_found' }],
    });
  });

  test('a recipe of another that is not shared cannot be used', async () => {
    const own = await makeThings(other);
    for (const verb of ['preview', 'versions']) {
      const answer = await other.json('POST', `/images/${own.image}/${verb}`, { saved_recipe: things.recipe }, 404);
      expect(answer).toMatchObject({ code: 'not_found' });
    }
  });

  test('a version of another cannot be named on an image of mine', async () => {
    const [own] = (await other.json<{ items: { id: string }[] }>('GET', '/images')).items;
    const id = own?.id ?? '';
    await other.json('GET', `/images/${id}/versions/${things.version}`, undefined, 404);
    await other.json('GET', `/images/${id}/file?variant=version&version=${things.version}`, undefined, 404);
    await other.json('GET', `/images/${id}/mask?version=${things.version}`, undefined, 404);
    await other.json('POST', `/images/${id}/versions/current`, { version: things.version }, 404);
    await other.json('POST', `/images/${id}/inspect`, { version: things.version }, 404);
    await other.json('POST', `/images/${id}/check`, { channel: 'ebay', version: things.version }, 404);
  });

  test('lists and tables hold nothing of another', async () => {
    const ids = Object.values(things).filter((id) => id !== '');
    for (const known of closed.filter(
      ({ route, sample, name }) => route.method === 'get' && !sample.names && name !== 'followEvents',
    )) {
      const answer = await callAs(other, known, things);
      const text = await answer.text();
      for (const id of ids) expect(text, known.name).not.toContain(id);
    }
    for (const query of [`album=${things.album}`, 'q=photo', 'state=trashed']) {
      const { items } = await other.json<{ items: { id: string }[] }>('GET', `/images?${query}`);
      for (const { id } of items) expect(ids).not.toContain(id);
    }
  });

  test('the same bytes as another has are an image of my own', async () => {
    const bytes = picture(7);
    const body = () => ({ method: 'POST', body: bytes, headers: { 'Content-Type': 'application/octet-stream' } });
    const first = (await (await owner.call('/images?name=a.png', body())).json()) as {
      items: { status: string; image?: object }[];
    };
    const second = (await (await other.call('/images?name=b.png', body())).json()) as typeof first;
    expect(second.items[0]?.status).toBe(first.items[0]?.status);
  });
});

describe('roles', () => {
  const forAdmins = closed.filter(({ route }) => route.access !== 'open' && route.access.role === 'admin');

  test.each(forAdmins)('$name is for admins', async (known) => {
    expect(await problemOf(await callAs(owner, known, things))).toMatchObject({ status: 403, code: 'forbidden' });
  });

  test('D8 nobody makes more of himself', async () => {
    for (const more of [
      { role: 'admin' },
      { id: other.id },
      { state: 'active' },
      { email: 'a@example.com' },
      { revision: 9 },
    ]) {
      await owner.json('PATCH', '/me', { name: 'Owner', ...more }, 400);
    }
    expect(await owner.json('GET', '/me')).toMatchObject({ role: 'user', email: owner.email });
  });

  test('D8 nobody writes what only the studio may say of an image', async () => {
    const fields = {
      owner: other.id,
      owner_id: other.id,
      review_state: 'approved',
      qc_status: 'approved',
      score: 100,
      blob: 'x',
      state: 'active',
    };
    for (const [field, value] of Object.entries(fields)) {
      await owner.json('PATCH', `/images/${things.image}`, { [field]: value }, 400);
    }
  });
});

describe('API keys', () => {
  test.each(SCOPES)('a key of the scope %s opens nothing else', async (scope) => {
    const client = await keyOf(await adminOr(owner, scope), [scope]);
    for (const known of closed) {
      const { access } = known.route;
      if (access === 'open' || (access.scope === scope && !access.person)) continue;
      expect(await problemOf(await callAs(client, known, things)), known.name).toMatchObject({
        status: 403,
        code: 'forbidden',
      });
    }
  });

  test('a key of every scope is still no person', async () => {
    const client = await keyOf(
      owner,
      SCOPES.filter((scope) => scope !== 'admin'),
    );
    for (const known of closed.filter(({ route }) => route.access !== 'open' && route.access.person === true)) {
      expect(await problemOf(await callAs(client, known, things)), known.name).toMatchObject({
        status: 403,
        code: 'forbidden',
      });
    }
  });

  /** Only an admin can make a key that has the scope admin. */
  const adminOr = async (client: Client, scope: Scope): Promise<Client> => {
    if (scope !== 'admin') return client;
    const email = 'admin@example.com';
    const signedIn = await studio.stranger.json<{ access_token: string; user: { id: string } }>('POST', '/auth/login', {
      email,
      password: PASSWORD,
    });
    return clientOf(studio.url, signedIn.user.id, email, signedIn.access_token);
  };
});
