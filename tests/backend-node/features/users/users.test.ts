import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bothLookFirst } from '../../both-look-first.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';

let studio: Studio;
let admin: Client;
let second: Client;
let person: Client;

beforeAll(async () => {
  studio = await startStudio();
  admin = await studio.signUp('admin');
  second = await studio.signUp('second');
  person = await studio.signUp('person');
});
afterAll(() => studio.stop());

interface Page {
  readonly items: readonly { readonly id: string; readonly email: string; readonly revision: number }[];
  readonly nextCursor: string | null;
}

const change = (who: Client, id: string, body: unknown, status = 200) =>
  who.json('PATCH', `/users/${id}`, body, status);

describe('the list', () => {
  test('goes page by page, without passwords', async () => {
    const one = await admin.json<Page>('GET', '/users?limit=2');
    const two = await admin.json<Page>('GET', `/users?limit=2&cursor=${one.nextCursor}`);
    expect([...one.items, ...two.items].map(({ id }) => id)).toEqual([admin.id, second.id, person.id]);
    expect(two.nextCursor).toBeNull();
    expect(JSON.stringify([one, two])).not.toMatch(/password|argon2/);
  });

  test('is for administrators', async () => {
    await person.json('GET', '/users', undefined, 403);
    await studio.stranger.json('GET', '/users', undefined, 401);
    await change(person, person.id, { role: 'admin' }, 403);
  });

  test.each(['limit=0', 'limit=201', 'limit=x', 'cursor=x', 'cursor=', 'order=email', 'limit=1&limit=2'])(
    'D12 refuses ?%s',
    async (query) => {
      await admin.json('GET', `/users?${query}`, undefined, 400);
    },
  );
});

describe('a change', () => {
  test('counts, and the journal says who did it', async () => {
    expect(await change(admin, person.id, { role: 'reviewer' })).toMatchObject({ role: 'reviewer', state: 'active' });
    const { rows } = await studio.parts.store.find('journal', { order: ['seq', 'desc'], limit: 1 });
    expect(rows[0]).toMatchObject({ actor: admin.id, owner: person.id, action: 'account.changed', target: person.id });
    expect(rows[0]?.details).toEqual({ role: 'reviewer', state: 'active' });
    await change(admin, person.id, { role: 'user' });
  });

  test('is guarded by the revision', async () => {
    const patch = (revision: number) =>
      admin.call(`/users/${person.id}`, {
        method: 'PATCH',
        body: JSON.stringify({ role: 'user' }),
        headers: { 'If-Match': `"r${revision}"`, 'Content-Type': 'application/json' },
      });
    const { items } = await admin.json<Page>('GET', '/users');
    const revision = items.find(({ id }) => id === person.id)?.revision ?? 0;
    expect((await patch(revision)).status).toBe(200);
    expect((await patch(revision)).status).toBe(412);
  });

  test.each([
    {},
    { role: 'owner' },
    { state: 'deleting' },
    { role: 'user', email: 'x@example.com' },
    { role: ['admin'] },
    null,
  ])('D8 D12 refuses %j', async (body) => {
    await change(admin, person.id, body, 400);
  });

  test('of nobody is 404', async () => {
    await change(admin, '01ARZ3NDEKTSV4RRFFQ69G5FAV', { role: 'user' }, 404);
    await change(admin, 'x', { role: 'user' }, 404);
  });
});

describe('the last administrator', () => {
  test('can neither be demoted nor disabled', async () => {
    await change(admin, admin.id, { role: 'reviewer' }, 409);
    await change(admin, admin.id, { state: 'disabled' }, 409);
    expect(await change(admin, admin.id, { role: 'admin' })).toMatchObject({ role: 'admin', state: 'active' });
  });

  test('is not one of two of whom the other is disabled', async () => {
    await change(admin, second.id, { role: 'admin', state: 'disabled' });
    await change(admin, admin.id, { role: 'user' }, 409);
    await change(admin, second.id, { role: 'user', state: 'active' });
  });

  test('remains, when two administrators demote each other at once', async () => {
    const fresh = await startStudio();
    try {
      const [one, two] = [await fresh.signUp('one'), await fresh.signUp('two')];
      await change(one, two.id, { role: 'admin' });
      bothLookFirst(fresh.parts.store, 'for administrators');
      const demote = (who: Client, id: string) =>
        who.call(`/users/${id}`, {
          method: 'PATCH',
          body: '{"role":"user"}',
          headers: { 'Content-Type': 'application/json' },
        });
      const answers = await Promise.all([demote(one, two.id), demote(two, one.id)]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
      expect(await admins(fresh)).toHaveLength(1);
    } finally {
      await fresh.stop();
    }
  });
});

async function admins({ parts }: Studio): Promise<string[]> {
  const { rows } = await parts.store.find('users', { where: { role: 'admin', state: 'active' } });
  return rows.map(({ id }) => id);
}
