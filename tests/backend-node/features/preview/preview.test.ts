import { afterAll, beforeAll, expect, test } from 'vitest';
import { PreviewTold } from '../../../../backend-node/src/contract/preview.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';
import { sizeOf } from '../../processing/drawn-png.ts';
import { recipe, SMALL, upload, type Uploaded } from '../versions/picture.ts';

let studio: Studio;
let anna: Client;
let image: Uploaded;

beforeAll(async () => {
  studio = await startStudio();
  anna = await studio.signUp('anna');
  image = await upload(anna);
});
afterAll(() => studio.stop());

const preview = (body: unknown, init: RequestInit = {}): Promise<Response> =>
  anna.call(`/images/${image.id}/preview`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    ...init,
  });
const PNG = { ...recipe(['invert']), output: { format: 'png' } };

test('a preview is a picture, as large as was asked for, and inert', async () => {
  const answer = await preview({ recipe: PNG, max_px: 40 });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('Content-Type')).toBe('image/png');
  expect(answer.headers.get('Cache-Control')).toBe('no-store');
  expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff');
  expect(answer.headers.get('Content-Security-Policy')).toBe("default-src 'none'; sandbox");
  expect(sizeOf(Buffer.from(await answer.arrayBuffer()))).toEqual([40, 30]);
});

test('it tells what it took, in a header', async () => {
  const answer = await preview({ recipe: recipe(['invert'], ['sepia']), max_px: 40 });
  await answer.arrayBuffer();
  const told = PreviewTold.parse(JSON.parse(answer.headers.get('Vitrine-Rendered') ?? ''));
  expect(told).toMatchObject({ width: 40, height: 30, warnings: [] });
  expect(told.steps.map(({ operation }) => operation)).toEqual(['invert', 'sepia']);
});

test('where the product is in the original can be asked for, as large as is needed for painting', async () => {
  const cut = recipe(['crop', { width: 50 }], ['remove-background', { model: 'u2netp' }]);
  const answer = await preview({ recipe: cut, max_px: 80, part: 'source_mask' });
  expect(answer.headers.get('Content-Type')).toBe('image/png');
  const mask = Buffer.from(await answer.arrayBuffer());
  expect(sizeOf(mask)).toEqual([80, 60]);
  // Grey, 8 bits.
  expect([mask[24], mask[25]]).toEqual([8, 0]);
});

test('presets and saved recipes do as well', async () => {
  expect((await preview({ preset: 'optimize' })).headers.get('Content-Type')).toBe('image/jpeg');
  const { id } = await anna.json<{ id: string }>('POST', '/recipes', { name: 'Small', recipe: SMALL }, 201);
  expect((await preview({ saved_recipe: id })).status).toBe(200);
});

test('nothing of it is kept', async () => {
  await (await preview({ recipe: PNG })).arrayBuffer();
  expect(await anna.json('GET', `/images/${image.id}`)).toMatchObject({ versions: 0, revision: image.revision });
});

test.for([
  [{ recipe: SMALL, max_px: 15 }, 400, 'invalid_request'],
  [{ recipe: SMALL, max_px: 2049 }, 400, 'invalid_request'],
  [{ recipe: SMALL, max_px: '64' }, 400, 'invalid_request'],
  [{ max_px: 64 }, 400, 'invalid_request'],
  [{ recipe: SMALL, part: 'mask' }, 400, 'invalid_request'],
  [{ recipe: recipe(['no-such-thing']) }, 400, 'invalid_recipe'],
  [{ recipe: recipe(['resize', { width: 1e9, height: 1e9 }]) }, 400, 'invalid_recipe'],
] as const)('%j is refused', async ([body, status, code]) => {
  const answer = await preview(body);
  expect([answer.status, await answer.json()]).toMatchObject([status, { code }]);
});

test('what a preset that looks at the picture comes to can be read before it is done', async () => {
  const told = await anna.json<{ recipe: { steps: unknown[] } }>('POST', `/images/${image.id}/recipe`, {
    preset: 'auto',
  });
  expect(told.recipe.steps.length).toBeGreaterThan(0);
  expect(await preview({ recipe: told.recipe, max_px: 40 })).toMatchObject({ status: 200 });
});

test('an image or a version of it can be measured', async () => {
  const original = await anna.json<{ facts: { width: number } }>('POST', `/images/${image.id}/inspect`, {});
  expect(original).toMatchObject({ facts: { width: 160 }, verdict: expect.any(String) as string });
  const version = await anna.json<{ id: string }>('POST', `/images/${image.id}/versions`, { recipe: SMALL }, 201);
  for (const [body, width] of [
    [{}, 64],
    [{ version: version.id }, 64],
    [{ version: '' }, 160],
  ] as const) {
    expect(await anna.json('POST', `/images/${image.id}/inspect`, body)).toMatchObject({ facts: { width } });
  }
});

test('one account has a few previews at once, others have theirs', async () => {
  const heavy = recipe(
    ['resize', { width: 1500, height: 1500, enlarge: true }],
    ['denoise', { method: 'nlmeans', strength: 1 }],
  );
  const answers = await Promise.all(Array.from({ length: 8 }, () => preview({ recipe: heavy, max_px: 2048 })));
  const states = answers.map(({ status }) => status);
  expect(states.filter((status) => status === 200)).toHaveLength(4);
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(4);
  expect(refused[0]?.headers.get('Retry-After')).toBe('1');
  await Promise.all(answers.map((answer) => answer.arrayBuffer()));
  expect((await preview({ recipe: SMALL })).status).toBe(200);
});

test('whoever gives up makes room at once', async () => {
  const heavy = recipe(
    ['resize', { width: 1500, height: 1500, enlarge: true }],
    ['denoise', { method: 'nlmeans', strength: 0.9 }],
  );
  const gone = new AbortController();
  const asked = Array.from({ length: 4 }, () => preview({ recipe: heavy }, { signal: gone.signal }));
  await new Promise((resolve) => setTimeout(resolve, 100));
  gone.abort();
  await Promise.allSettled(asked);
  await expect.poll(async () => (await preview({ recipe: SMALL })).status, { timeout: 20_000 }).toBe(200);
});
