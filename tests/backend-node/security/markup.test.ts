/** Markup that people store comes back as text in JSON, and nothing that is served runs in a browser. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { picture } from '../photos.ts';
import { startStudio, type Client, type Studio } from '../studio.ts';
import { callAs, EVERY } from './calling.ts';
import { makeThings, RECIPE, type Things } from './things.ts';

const SCRIPT = `"><img src=x onerror=alert(1)>'</script><script>alert(2)</script>`;
const TAG = '<script>alert(3)</script>';
const FORMULA = '=HYPERLINK("https://evil.example","x")';

let studio: Studio;
let owner: Client;
let things: Things;
let image: string;

beforeAll(async () => {
  studio = await startStudio();
  owner = await studio.signUp('owner');
  things = await makeThings(owner);
  const form = new FormData();
  form.append('file', new Blob([picture(3)], { type: 'text/html' }), `${SCRIPT}.html`);
  const answer = await owner.call(`/images?tags=${encodeURIComponent(TAG)}`, { method: 'POST', body: form });
  const { items } = (await answer.json()) as { items: { image: { id: string } }[] };
  image = items[0]?.image.id ?? '';
  await owner.json('PATCH', `/images/${image}`, { title: SCRIPT, sku: FORMULA, product_group: SCRIPT });
  await owner.json('PATCH', `/albums/${things.album}`, { name: SCRIPT, description: SCRIPT });
  await owner.json('POST', `/albums/${things.album}/images`, { ids: [image] });
  await owner.json('PATCH', `/recipes/${things.recipe}`, { name: SCRIPT, description: SCRIPT });
  await owner.json('POST', '/recipes', { name: SCRIPT, recipe: RECIPE }, 201);
  await owner.json('POST', '/api-keys', { name: SCRIPT, scopes: ['images:read'] }, 201);
  await owner.json('PATCH', '/me', { name: SCRIPT });
});
afterAll(() => studio.stop());

const HARMLESS =
  /^(application\/(problem\+)?json|text\/csv|text\/plain|application\/x-ndjson|application\/zip|image\/(jpeg|png|webp)|text\/event-stream)/;

describe('D15', () => {
  const looking = EVERY.filter(({ route, name }) => route.method === 'get' && name !== 'followEvents');

  test.each(looking)('$name is nothing that a browser would run', async (known) => {
    const answer = await callAs(owner, known, things);
    await answer.arrayBuffer();
    expect(answer.headers.get('Content-Type')).toMatch(HARMLESS);
    expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(answer.headers.get('Content-Security-Policy')).toMatch(/script-src 'self'|default-src 'none'|sandbox/);
    expect(answer.headers.get('Set-Cookie')).toBeNull();
  });

  test('what was stored comes back as it was, as text', async () => {
    expect(await owner.json('GET', `/images/${image}`)).toMatchObject({
      tags: [TAG],
      title: SCRIPT,
      product_group: SCRIPT,
      sku: FORMULA,
    });
    expect(await owner.json('GET', `/albums/${things.album}`)).toMatchObject({ name: SCRIPT });
    expect(await owner.json('GET', '/me')).toMatchObject({ name: SCRIPT });
  });

  test('B7 a picture whose name is a page is a picture, shut in a sandbox', async () => {
    for (const variant of ['original', 'thumb']) {
      const answer = await owner.call(`/images/${image}/file?variant=${variant}`);
      await answer.arrayBuffer();
      expect(answer.headers.get('Content-Type')).toMatch(/^image\/(png|jpeg|webp)$/);
      expect(answer.headers.get('Content-Security-Policy')).toContain('sandbox');
    }
  });

  test('the name a file is saved under breaks out of no header', async () => {
    const answer = await owner.call(`/images/${image}/file?download=true`);
    await answer.arrayBuffer();
    const disposition = answer.headers.get('Content-Disposition') ?? '';
    expect(disposition).toMatch(/^attachment; filename="[^"<>]*"; filename\*=UTF-8''[\w.!~*'()%-]*$/);
  });

  test('a table begins no cell with a formula', async () => {
    const table = await (await owner.call('/images/export.csv')).text();
    expect(table).toContain(`'=HYPERLINK`);
    expect(table).not.toMatch(/(^|,|")=HYPERLINK/m);
  });

  test.each([
    ['an address', `/${encodeURIComponent(SCRIPT)}`],
    ['a query', `/me?${encodeURIComponent(SCRIPT)}=1`],
    ['a cursor', `/images?cursor=${encodeURIComponent(SCRIPT)}`],
    ['a token', `/shared/${encodeURIComponent(SCRIPT)}`],
  ])('a problem about %s is JSON', async (_, path) => {
    const answer = await owner.call(path);
    expect(answer.headers.get('Content-Type')).toMatch(/^application\/problem\+json/);
    expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff');
    await answer.json();
  });
});
