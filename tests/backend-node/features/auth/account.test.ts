import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { finishDeletions } from '../../../../backend-node/src/features/auth/deletion.ts';
import { newId, now } from '../../../../backend-node/src/ids.ts';
import { COLLECTIONS } from '../../../../backend-node/src/store/collections.ts';
import type { ImageRow, Rows } from '../../../../backend-node/src/store/rows.ts';
import type { Change, Store } from '../../../../backend-node/src/store/store.ts';
import { PASSWORD, startStudio, type Client, type Studio } from '../../studio.ts';

let studio: Studio;
let admin: Client;
let person: Client;
let count = 0;

beforeAll(async () => {
  studio = await startStudio();
  admin = await studio.signUp('admin');
});
afterAll(() => studio.stop());
beforeEach(async () => {
  count += 1;
  person = await studio.signUp(`person${count}`);
});

interface Shown {
  readonly name: string;
  readonly revision: number;
}

describe('one’s own account', () => {
  test('shows and takes a name', async () => {
    const before = await person.json<Shown>('GET', '/me');
    const after = await person.json<Shown>('PATCH', '/me', { name: ' <b>Ünï</b> ' });
    expect(after).toEqual({ ...before, name: '<b>Ünï</b>', revision: before.revision + 1 });
    expect(await person.json('GET', '/me')).toEqual(after);
  });

  test('is guarded by its revision', async () => {
    const patch = (etag: string) =>
      person.call('/me', {
        method: 'PATCH',
        body: JSON.stringify({ name: 'New' }),
        headers: { 'If-Match': etag, 'Content-Type': 'application/json' },
      });
    const etag = (await person.call('/me')).headers.get('ETag') ?? '';
    expect((await patch(etag)).status).toBe(200);
    expect((await patch(etag)).status).toBe(412);
  });

  test.each([
    { role: 'admin' },
    { name: 'X', role: 'admin' },
    { name: 'X', owner: 'me' },
    { name: 'X', owner_id: 'me' },
    { name: 'X', state: 'active' },
    { name: 'X', email: 'x@example.com' },
    { name: 'X', revision: 1 },
    { name: 'X', password_hash: 'x' },
    { name: 'X', ['__proto__']: { role: 'admin' } },
    { name: 'X', qc_status: 'pass' },
    { name: 'X', score: 100 },
    { name: '' },
    { name: '   ' },
    { name: 'x'.repeat(101) },
    { name: 'two\nlines' },
    { name: 7 },
    { name: ['x'] },
    [],
    null,
  ])('D8 D12 refuses %j', async (body) => {
    await person.json('PATCH', '/me', body, 400);
    expect(await person.json('GET', '/me')).toMatchObject({ role: 'user', revision: 1 });
  });

  test('D12 other methods and unknown parameters are refused', async () => {
    for (const method of ['PUT', 'POST', 'OPTIONS']) expect((await person.call('/me', { method })).status).toBe(405);
    expect((await person.call('/me', { method: 'PUT' })).headers.get('Allow')).toBe('GET, PATCH, DELETE, HEAD');
    expect((await person.call('/me?x=1')).status).toBe(400);
    expect((await person.call('/auth/login')).status).toBe(405);
    expect((await person.call('/me/sessions/..%2f..%2fetc', { method: 'DELETE' })).status).toBe(404);
  });
});

function imageOf(owner: string, blob: string): ImageRow {
  return {
    ...{ id: newId(), revision: 1, owner, blob, blobs: [blob], thumb: '', thumbhash: '', name: 'a.jpg', title: '' },
    ...{ sku: '', product_group: '', tags: [], objects: [], albums: [], words: ['a'], state: 'active' as const },
    ...{ review_state: 'original', score: -1, uploaded_at: now(), trashed_at: '', format: 'jpeg', bytes: 1, width: 1 },
    ...{ height: 1, shown: { width: 1, height: 1, thumbhash: '' }, facts: {}, current_version: '', versions: 0 },
  };
}

const blobOf = (index: number): string => index.toString(16).padStart(64, '0');

/** Things of every kind; more images than one write removes. */
async function furnished(store: Store, owner: string, offset: number): Promise<void> {
  const images = Array.from({ length: 450 }, (_, index): Change => ({
    insert: 'images',
    row: imageOf(owner, blobOf(offset + index)),
  }));
  await store.write(images);
  const recipe = {
    recipe: {},
    shared: 'yes' as const,
    created_at: now(),
    updated_at: now(),
    blobs: [blobOf(offset + 9000)],
  };
  await store.write([
    { insert: 'recipes', row: { id: newId(), owner, name: 'Mine', description: '', ...recipe } },
    { insert: 'albums', row: { id: newId(), owner, name: 'Album', description: '', created_at: now() } },
  ]);
}

const COLLECTION_NAMES = Object.keys(COLLECTIONS) as (keyof Rows)[];

/** Collections in which the text occurs. */
async function where(store: Store, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const collection of COLLECTION_NAMES) {
    for await (const row of store.all(collection)) if (JSON.stringify(row).includes(text)) found.push(collection);
  }
  return [...new Set(found)];
}

describe('deleting an account', () => {
  const remove = (who: Client, password: string, status: number) => who.json('DELETE', '/me', { password }, status);

  test('leaves nothing but ids in the journal', async () => {
    const { store } = studio.parts;
    await furnished(store, person.id, 0);
    await furnished(store, admin.id, 20_000);
    await person.json('POST', '/api-keys', { name: 'K', scopes: ['images:read'] }, 201);
    await person.json('PATCH', '/me', { name: 'Unforgettable' });
    await remove(person, PASSWORD, 204);
    expect(await where(store, person.id)).toEqual(['users', 'journal']);
    await finishDeletions(studio.parts, 0);
    expect(await where(store, person.id)).toEqual(['journal']);
    expect(await where(store, person.email)).toEqual([]);
    expect(await where(store, 'Unforgettable')).toEqual([]);
    expect((await person.call('/me')).status).toBe(401);
    expect(await store.count('images', { where: { owner: admin.id } })).toBe(450);
  });

  test('hands its blobs over to be removed', async () => {
    await furnished(studio.parts.store, person.id, 40_000);
    const known = { id: blobOf(40_000), released_at: '2020-01-01T00:00:00.000Z' };
    await studio.parts.store.write([{ insert: 'released', row: known }]);
    await remove(person, PASSWORD, 204);
    for (const blob of [40_000, 40_449, 49_000]) {
      const row = await studio.parts.store.get('released', blobOf(blob));
      expect(row?.released_at.slice(0, 4)).toBe(now().slice(0, 4));
    }
  });

  test('needs the password', async () => {
    await remove(person, 'a wrong password', 401);
    await person.json('DELETE', '/me', {}, 400);
    await person.json('GET', '/me');
  });

  test('frees the email address', async () => {
    await remove(person, PASSWORD, 204);
    const again = await studio.signUp(`person${count}`);
    expect(again.id).not.toBe(person.id);
  });

  test('is refused to the last administrator', async () => {
    await remove(admin, PASSWORD, 409);
    await admin.json('GET', '/me');
  });

  test('that a crash cut off is finished at the next start, and nobody comes in meanwhile', async () => {
    const { store } = studio.parts;
    await furnished(store, person.id, 60_000);
    const row = await store.get('users', person.id);
    if (!row) throw new Error('expected an account');
    await store.write([{ update: 'users', row: { ...row, state: 'deleting', deleted_at: now() } }]);
    expect((await person.call('/me')).status).toBe(401);
    await studio.stranger.json('POST', '/auth/login', { email: person.email, password: PASSWORD }, 401);
    await admin.json('PATCH', `/users/${person.id}`, { state: 'active' }, 404);
    await finishDeletions(studio.parts);
    expect(await where(store, person.id)).toEqual(['users', 'journal']);
  });

  test('reaches what was under way and is written afterwards', async () => {
    const { store } = studio.parts;
    await remove(person, PASSWORD, 204);
    await furnished(store, person.id, 80_000);
    await finishDeletions(studio.parts, 0);
    expect(await where(store, person.id)).toEqual(['journal']);
  });

  test('is not listed any more', async () => {
    await remove(person, PASSWORD, 204);
    const listed = await admin.json<{ items: { id: string }[] }>('GET', '/users?limit=200');
    expect(listed.items.map(({ id }) => id)).not.toContain(person.id);
    expect(listed.items.map(({ id }) => id)).toContain(admin.id);
  });
});

test('the journal stays whole, and holds no email address', async () => {
  expect((await studio.parts.journal.verify()).broken_at).toBeUndefined();
  for await (const row of studio.parts.store.all('journal')) expect(JSON.stringify(row)).not.toContain('@example.com');
});
