import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Album } from '../../../../backend-node/src/contract/albums.ts';
import { Members } from '../../../../backend-node/src/features/albums/members.ts';
import { Albums } from '../../../../backend-node/src/features/albums/service.ts';
import { newId } from '../../../../backend-node/src/ids.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';
import { addImages } from './images.ts';

let studio: Studio;
let anna: Client;
let eve: Client;

beforeAll(async () => {
  studio = await startStudio();
  anna = await studio.signUp('anna');
  eve = await studio.signUp('eve');
});
afterAll(() => studio.stop());

const create = (name: string, who = anna): Promise<Album> => who.json<Album>('POST', '/albums', { name }, 201);
const albumsOf = async (id: string) => (await studio.parts.store.get('images', id))?.albums;
const actions = async (target: string): Promise<readonly string[]> => {
  const { rows } = await studio.parts.store.find('journal', { where: { target } });
  return rows.map(({ action }) => action);
};

describe('an album', () => {
  test('is made, shown, changed and deleted, and each step is written down', async () => {
    const answer = await anna.call('/albums', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: ' Summer ', description: 'Light things' }),
    });
    expect(answer.status).toBe(201);
    const album = (await answer.json()) as Album;
    expect(answer.headers.get('Location')).toBe(`/api/v1/albums/${album.id}`);
    expect(album).toMatchObject({ name: 'Summer', description: 'Light things', revision: 1, images: 0, covers: [] });
    expect(await anna.json('GET', `/albums/${album.id}`)).toEqual(album);
    const changed = await anna.json<Album>('PATCH', `/albums/${album.id}`, { name: 'Winter' });
    expect(changed).toMatchObject({ name: 'Winter', description: 'Light things', revision: 2 });
    await anna.json('DELETE', `/albums/${album.id}`, undefined, 204);
    await anna.json('GET', `/albums/${album.id}`, undefined, 404);
    expect(await actions(album.id)).toEqual(['album.created', 'album.changed', 'album.deleted']);
  });

  test.each([{}, { name: '' }, { name: 'x'.repeat(201) }, { name: 'a\nb' }, { name: 'a', owner: 'x' }, { name: 1 }])(
    'is not made from %j',
    async (body) => {
      await anna.json('POST', '/albums', body, 400);
    },
  );

  test('D7 of somebody else is not there, whatever is tried', async () => {
    const { id } = await create('Private');
    const [image] = await addImages(studio, eve, 1);
    await eve.json('GET', `/albums/${id}`, undefined, 404);
    await eve.json('PATCH', `/albums/${id}`, { name: 'x' }, 404);
    await eve.json('DELETE', `/albums/${id}`, undefined, 404);
    await eve.json('POST', `/albums/${id}/images`, { ids: [image] }, 404);
    await eve.json('DELETE', `/albums/${id}/images`, { ids: [image] }, 404);
    expect(await anna.json('GET', `/albums/${id}`)).toMatchObject({ name: 'Private', revision: 1 });
  });

  test('E2 changed by two who read the same is changed by one; the other is told', async () => {
    const { id } = await create('Race');
    const change = (name: string) =>
      anna.call(`/albums/${id}`, {
        method: 'PATCH',
        headers: { 'If-Match': '"r1"', 'Content-Type': 'application/json' },
        body: JSON.stringify({ name }),
      });
    const answers = await Promise.all(Array.from({ length: 8 }, (_, at) => change(`Name ${at}`)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array<number>(7).fill(412)]);
    const winner = (await answers.find(({ status }) => status === 200)?.json()) as Album;
    expect(await anna.json('GET', `/albums/${id}`)).toEqual(winner);
    expect(winner.revision).toBe(2);
  });

  test('is not deleted by who read an older one', async () => {
    const { id } = await create('Guarded');
    await anna.json('PATCH', `/albums/${id}`, { name: 'Guarded still' });
    const old = await anna.call(`/albums/${id}`, { method: 'DELETE', headers: { 'If-Match': '"r1"' } });
    expect(old.status).toBe(412);
    const current = await anna.call(`/albums/${id}`, { method: 'DELETE', headers: { 'If-Match': '"r2"' } });
    expect(current.status).toBe(204);
  });
});

describe('the list', () => {
  test('has one’s own albums by name, page by page, with counts and covers', async () => {
    const carl = await studio.signUp('carl');
    const names = ['c', 'a', 'b', 'a', 'd'];
    const made: Album[] = [];
    for (const name of names) made.push(await create(name, carl));
    const images = await addImages(studio, carl, 6);
    await carl.json('POST', `/albums/${made[0]?.id ?? ''}/images`, { ids: images });
    const [trashed] = images;
    const row = await studio.parts.store.get('images', trashed ?? '');
    if (row) await studio.parts.store.write([{ update: 'images', row: { ...row, state: 'trashed' } }]);

    type Page = { items: Album[]; nextCursor: string | null };
    const seen: Album[] = [];
    for (let cursor = ''; ;) {
      const page = await carl.json<Page>('GET', `/albums?limit=2${cursor}`);
      seen.push(...page.items);
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(seen.map(({ name }) => name)).toEqual(['a', 'a', 'b', 'c', 'd']);
    const full = seen.find(({ name }) => name === 'c');
    expect(full?.images).toBe(5);
    expect(full?.covers).toEqual(images.slice(2).reverse());
  });
});

describe('pictures', () => {
  test('come in and go out, each counted once; what is not yours is told and left alone', async () => {
    const { id } = await create('Things');
    const mine = await addImages(studio, anna, 3);
    const hers = await addImages(studio, eve, 1);
    const nobody = newId();
    const ids = [...mine, ...mine, ...hers, nobody];
    const added = await anna.json('POST', `/albums/${id}/images`, { ids });
    expect(added).toEqual({ changed: 3, missing: [...hers, nobody] });
    expect(await anna.json('POST', `/albums/${id}/images`, { ids: mine })).toEqual({ changed: 0, missing: [] });
    expect(await albumsOf(hers[0] ?? '')).toEqual([]);
    const removed = await anna.json('DELETE', `/albums/${id}/images`, { ids: [mine[0], nobody] });
    expect(removed).toEqual({ changed: 1, missing: [nobody] });
    expect(await anna.json('GET', `/albums/${id}`)).toMatchObject({ images: 2, revision: 1 });
    expect(await actions(id)).toEqual(['album.created', 'album.images_added', 'album.images_removed']);
  });

  test('can be a thousand at once, and no more', async () => {
    const { id } = await create('Many');
    const ids = await addImages(studio, anna, 1000);
    expect(await anna.json('POST', `/albums/${id}/images`, { ids })).toEqual({ changed: 1000, missing: [] });
    await anna.json('POST', `/albums/${id}/images`, { ids: [...ids, newId()] }, 400);
    await anna.json('POST', `/albums/${id}/images`, { ids: [] }, 400);
    await anna.json('DELETE', `/albums/${id}`, undefined, 204);
    expect(await studio.parts.store.count('images', { where: { albums: { has: id } } })).toBe(0);
    expect(await studio.parts.store.count('images', { where: { id: { in: ids } } })).toBe(1000);
  });

  test('come into an album while others change them', async () => {
    const { id } = await create('Busy');
    const ids = await addImages(studio, anna, 20);
    const other = await create('Other');
    await Promise.all([
      anna.json('POST', `/albums/${id}/images`, { ids }),
      anna.json('POST', `/albums/${other.id}/images`, { ids: ids.toReversed() }),
      ...ids.map((image) => anna.json('DELETE', `/albums/${other.id}/images`, { ids: [image] })),
    ]);
    expect(await studio.parts.store.count('images', { where: { albums: { has: id } } })).toBe(20);
  });

  test('that come in while the album is deleted are in no album afterwards', async () => {
    for (let time = 0; time < 5; time += 1) {
      const { id } = await create('Going');
      const ids = await addImages(studio, anna, 150);
      await anna.json('POST', `/albums/${id}/images`, { ids: ids.slice(0, 120) });
      const calls = [
        anna.call(`/albums/${id}`, { method: 'DELETE' }),
        ...ids.map((image) =>
          anna.call(`/albums/${id}/images`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ ids: [image] }),
          }),
        ),
      ];
      const [deleted, ...added] = (await Promise.all(calls)).map(({ status }) => status);
      expect(deleted).toBe(204);
      expect(added.filter((status) => status !== 200 && status !== 404)).toEqual([]);
      expect(await studio.parts.store.count('images', { where: { albums: { has: id } } })).toBe(0);
    }
  });

  test('are in a hundred albums at most', async () => {
    const albums = Array.from({ length: 100 }, () => newId());
    const [image] = await addImages(studio, anna, 1, { albums });
    const { id } = await create('One too many');
    await anna.json('POST', `/albums/${id}/images`, { ids: [image] }, 409);
    expect(await albumsOf(image ?? '')).toEqual(albums);
  });
});

test('while many albums are listed, others are served', async () => {
  const olga = await studio.signUp('olga');
  for (let at = 0; at < 20; at += 1) await create(`Album ${at}`, olga);
  let turns = 0;
  const count = () => {
    turns += 1;
    turn = setImmediate(count);
  };
  let turn = setImmediate(count);
  const albums = new Albums(studio.parts, new Members(studio.parts));
  const { items } = await albums.list(olga.id, { limit: 50 });
  clearImmediate(turn);
  expect(items).toHaveLength(20);
  expect(turns).toBeGreaterThanOrEqual(19);
});
