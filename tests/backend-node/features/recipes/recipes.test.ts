import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SavedRecipe } from '../../../../backend-node/src/contract/recipes.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';
import { GREY, recipe, SMALL, upload } from '../versions/picture.ts';

let studio: Studio;
let anna: Client;
let ben: Client;

beforeAll(async () => {
  studio = await startStudio();
  anna = await studio.signUp('anna');
  ben = await studio.signUp('ben');
});
afterAll(() => studio.stop());

const save = (client: Client, name: string, more: Record<string, unknown> = {}): Promise<SavedRecipe> =>
  client.json('POST', '/recipes', { name, recipe: GREY, ...more }, 201);
const list = (client: Client, query = ''): Promise<{ items: SavedRecipe[]; nextCursor: string | null }> =>
  client.json('GET', `/recipes${query}`);

test('a recipe is saved as pyservice understands it: with versions and every default', async () => {
  const saved = await save(anna, 'Grey', { description: 'All grey.' });
  expect(saved).toMatchObject({ name: 'Grey', description: 'All grey.', shared: false, mine: true, revision: 1 });
  const [step] = saved.recipe.steps;
  expect(step).toMatchObject({ operation: 'grayscale', version: expect.any(Number) as number, enabled: true });
  expect(saved.recipe).toHaveProperty('output.format', 'jpeg');
  expect(await anna.json('GET', `/recipes/${saved.id}`)).toEqual(saved);
});

test('steps that are switched off stay', async () => {
  const off = { steps: [{ operation: 'sepia', enabled: false }, { operation: 'invert' }] };
  const saved = await save(anna, 'Off', { recipe: off });
  expect(saved.recipe.steps.map((step) => step['enabled'])).toEqual([false, true]);
});

test.for([
  [{ name: 'x', recipe: recipe(['no-such-thing']) }, 'invalid_recipe'],
  [{ name: 'x', recipe: recipe(['blur', { radius_px: -1 }]) }, 'invalid_recipe'],
  [{ name: 'x', recipe: { ...GREY, owner: 'me' } }, 'invalid_recipe'],
  [{ name: '', recipe: GREY }, 'invalid_request'],
  [{ name: 'two\nlines', recipe: GREY }, 'invalid_request'],
  [{ name: 'x'.repeat(101), recipe: GREY }, 'invalid_request'],
  [{ name: 'x' }, 'invalid_request'],
  [{ name: 'x', recipe: GREY, owner: 'me' }, 'invalid_request'],
] as const)('%j is not saved', async ([body, code]) => {
  const before = (await list(anna, '?limit=200')).items.length;
  expect(await anna.json('POST', '/recipes', body, 400)).toMatchObject({ code });
  expect((await list(anna, '?limit=200')).items).toHaveLength(before);
});

test('one’s own are listed by name, page by page', async () => {
  const clara = await studio.signUp('clara');
  for (const name of ['b', 'c', 'a']) await save(clara, name);
  const first = await list(clara, '?limit=2');
  expect(first.items.map(({ name }) => name)).toEqual(['a', 'b']);
  const second = await list(clara, `?limit=2&cursor=${first.nextCursor ?? ''}`);
  expect(second.items.map(({ name }) => name)).toEqual(['c']);
  await clara.json('GET', `/recipes?shared=true&cursor=${first.nextCursor ?? ''}`, undefined, 400);
});

test('a change is judged, counts on what was read, and leaves the rest', async () => {
  const saved = await save(anna, 'To change', { description: 'Stays.' });
  const path = `/recipes/${saved.id}`;
  expect(await anna.json('PATCH', path, { recipe: recipe(['no']) }, 400)).toMatchObject({ code: 'invalid_recipe' });
  const changed = await anna.json<SavedRecipe>('PATCH', path, { recipe: SMALL, name: 'Changed' });
  expect(changed).toMatchObject({ name: 'Changed', description: 'Stays.', revision: 2 });
  expect(changed.recipe.steps[0]?.operation).toBe('resize');
  const headers = { 'Content-Type': 'application/json', 'If-Match': '"r1"' };
  const late = await anna.call(path, { method: 'PATCH', headers, body: '{"name":"Late"}' });
  expect(late.status).toBe(412);
  expect((await anna.call(path, { method: 'DELETE', headers: { 'If-Match': '"r1"' } })).status).toBe(412);
  await anna.json('DELETE', path, undefined, 204);
  await anna.json('GET', path, undefined, 404);
  await anna.json('PATCH', path, {}, 400);
});

test('a shared recipe is there for every account to read and use, and for its owner to change', async () => {
  const ground = await upload(anna);
  const shared = await save(anna, 'House ground', {
    recipe: recipe(['use-mask', { blob: ground.blob }], ['background']),
    shared: true,
  });
  const seen = await list(ben, '?shared=true');
  expect(seen.items.find(({ id }) => id === shared.id)).toMatchObject({ mine: false, shared: true });
  expect((await list(ben)).items).toEqual([]);
  expect(await ben.json('GET', `/recipes/${shared.id}`)).not.toHaveProperty('owner');
  const image = await upload(ben);
  const version = await ben.json<{ id: string }>(
    'POST',
    `/images/${image.id}/versions`,
    { saved_recipe: shared.id },
    201,
  );
  const row = await studio.parts.store.get('versions', version.id);
  expect(row?.blobs).toContain(ground.blob);
  await ben.json('PATCH', `/recipes/${shared.id}`, { name: 'Mine' }, 404);
  await ben.json('DELETE', `/recipes/${shared.id}`, undefined, 404);
  await anna.json('PATCH', `/recipes/${shared.id}`, { shared: false });
  await ben.json('GET', `/recipes/${shared.id}`, undefined, 404);
  await ben.json('POST', `/images/${image.id}/versions`, { saved_recipe: shared.id }, 404);
});

test('D7 a recipe of another’s is not found on any route', async () => {
  const { id } = await save(anna, 'Private');
  const image = await upload(ben);
  await ben.json('GET', `/recipes/${id}`, undefined, 404);
  await ben.json('PATCH', `/recipes/${id}`, { name: 'Mine' }, 404);
  await ben.json('DELETE', `/recipes/${id}`, undefined, 404);
  await ben.json('POST', `/images/${image.id}/versions`, { saved_recipe: id }, 404);
  await ben.json('POST', `/images/${image.id}/preview`, { saved_recipe: id }, 404);
  expect(await anna.json('GET', `/recipes/${id}`)).toMatchObject({ name: 'Private', revision: 1 });
});

test('pictures that a recipe names are held, and let go of with it', async () => {
  const mask = await upload(anna);
  const saved = await save(anna, 'Masked', { recipe: recipe(['use-mask', { blob: mask.blob }]) });
  expect((await studio.parts.store.get('recipes', saved.id))?.blobs).toEqual([mask.blob]);
  await anna.json('PATCH', `/recipes/${saved.id}`, { recipe: GREY });
  expect(await studio.parts.store.get('released', mask.blob)).toBeDefined();
});

test('every change is in the journal', async () => {
  const saved = await save(anna, 'Noted');
  await anna.json('PATCH', `/recipes/${saved.id}`, { name: 'Noted again' });
  await anna.json('DELETE', `/recipes/${saved.id}`, undefined, 204);
  const { rows } = await studio.parts.store.find('journal', {
    where: { owner: anna.id },
    order: ['seq', 'desc'],
    limit: 3,
  });
  expect(rows.map(({ action, target }) => [action, target])).toEqual([
    ['recipe.deleted', saved.id],
    ['recipe.changed', saved.id],
    ['recipe.created', saved.id],
  ]);
});
