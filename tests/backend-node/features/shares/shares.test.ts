import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Share, SharedImage } from '../../../../backend-node/src/contract/shares.ts';
import type { ShareRow } from '../../../../backend-node/src/store/rows.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';
import { photo } from '../../photos.ts';
import { upload } from './pictures.ts';

type Visit = { items: SharedImage[]; nextCursor: string | null; name: string; expires_at: string };

let studio: Studio;
let anna: Client;
let eve: Client;
let album: string;
let plain: string;
let finished: string;
let outside: string;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

beforeAll(async () => {
  studio = await startStudio();
  const admin = await studio.signUp('admin');
  anna = await studio.signUp('anna');
  eve = await studio.signUp('eve');
  album = (await anna.json<{ id: string }>('POST', '/albums', { name: 'Shown' }, 201)).id;
  plain = await upload(anna, photo('coffee.png'), 'coffee.png');
  finished = await upload(anna, photo('chelsea.png'), 'cat.png');
  outside = await upload(anna, photo('astronaut.png'), 'private.png');
  await anna.json('PATCH', `/images/${finished}`, { title: 'A cat', sku: 'SECRET-SKU' });
  await anna.json('POST', `/images/${finished}/versions`, { recipe: { steps: [{ operation: 'sepia' }] } }, 201);
  await anna.json('POST', `/albums/${album}/images`, { ids: [plain, finished] });
  expect(admin.id).not.toBe(anna.id);
});
afterAll(() => studio.stop());

const share = (body: object = {}): Promise<Share> => anna.json<Share>('POST', `/albums/${album}/shares`, body, 201);
const tokenOf = ({ url }: Share): string => url.replace('/s/', '');
const visit = (token: string, rest = ''): Promise<Response> => studio.stranger.call(`/shared/${token}${rest}`);
const file = (token: string, id: string, variant: string, init?: RequestInit): Promise<Response> =>
  studio.stranger.call(`/shared/${token}/images/${id}/file?variant=${variant}`, init);

async function change(id: string, given: Partial<ShareRow>): Promise<void> {
  const row = await studio.parts.store.get('shares', id);
  if (row) await studio.parts.store.write([{ update: 'shares', row: { ...row, ...given } }]);
}

async function expectRefused(token: string): Promise<void> {
  for (const rest of ['', `/images/${finished}/file`, `/images/${finished}/file?variant=thumb`]) {
    const answer = await visit(token, rest);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'share_invalid' });
    expect(answer.headers.get('Referrer-Policy')).toBe('no-referrer');
  }
}

describe('D14 a share link', () => {
  test('that is valid shows the album and its files to anybody', async () => {
    const made = await share();
    expect(made).toMatchObject({ album, variant: 'version', state: 'active' });
    const answer = await visit(tokenOf(made));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Referrer-Policy')).toBe('no-referrer');
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    const seen = (await answer.json()) as Visit;
    expect(seen).toMatchObject({ name: 'Shown', expires_at: made.expires_at, nextCursor: null });
    expect(seen.items.map(({ id }) => id)).toEqual([finished, plain]);
    expect((await file(tokenOf(made), finished, 'version')).status).toBe(200);
  });

  test('without a signature is refused', async () => {
    const { id } = await share();
    await expectRefused(id);
    await expectRefused(`${id}.`);
    await expectRefused('-');
    await expectRefused('x'.repeat(5000));
  });

  test('altered anywhere is refused', async () => {
    const token = tokenOf(await share());
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === 'A' ? 'B' : 'A';
      const answer = await visit(`${token.slice(0, at)}${other}${token.slice(at + 1)}`);
      expect([at, answer.status]).toEqual([at, 403]);
    }
    // The last letter of base64url holds two bits that mean nothing: another one with the same bytes is still another.
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (const letter of letters.replace(token.at(-1) ?? '', '')) {
      expect((await visit(token.slice(0, -1) + letter)).status).toBe(403);
    }
    await expectRefused(`${token}A`);
    await expectRefused(`${token}=`);
    await expectRefused(`${token}%00`);
    await expectRefused(token.toLowerCase());
  });

  test('with the signature of another is refused', async () => {
    const [one, other] = [tokenOf(await share()), tokenOf(await share())];
    await expectRefused(`${one.split('.')[0] ?? ''}.${other.split('.')[1] ?? ''}`);
  });

  test('truncated is refused', async () => {
    const token = tokenOf(await share());
    for (const letters of [1, 2, 20, 43, 44]) await expectRefused(token.slice(0, -letters));
  });

  test('expired is refused, and shown as expired', async () => {
    const made = await share();
    await change(made.id, { expires_at: new Date(Date.now() - 1).toISOString() });
    await expectRefused(tokenOf(made));
    const { items } = await anna.json<{ items: Share[] }>('GET', `/albums/${album}/shares`);
    expect(items.find(({ id }) => id === made.id)).toMatchObject({ state: 'expired', url: '' });
  });

  test('revoked is refused, for good', async () => {
    const made = await share();
    await anna.json('DELETE', `/shares/${made.id}`, undefined, 204);
    await expectRefused(tokenOf(made));
    await anna.json('DELETE', `/shares/${made.id}`, undefined, 204);
    const { items } = await anna.json<{ items: Share[] }>('GET', `/albums/${album}/shares`);
    expect(items.find(({ id }) => id === made.id)).toMatchObject({ state: 'revoked', url: '' });
    const { rows } = await studio.parts.store.find('journal', { where: { target: made.id } });
    expect(rows.map(({ action }) => action)).toEqual(['share.created', 'share.revoked']);
    expect(JSON.stringify(rows)).not.toContain(tokenOf(made).split('.')[1]);
  });

  test('of an album that was deleted is refused', async () => {
    const { id } = await anna.json<{ id: string }>('POST', '/albums', { name: 'Gone' }, 201);
    await anna.json('POST', `/albums/${id}/images`, { ids: [finished] });
    const made = await anna.json<Share>('POST', `/albums/${id}/shares`, {}, 201);
    expect((await visit(tokenOf(made))).status).toBe(200);
    await anna.json('DELETE', `/albums/${id}`, undefined, 204);
    await expectRefused(tokenOf(made));
    expect(await studio.parts.store.get('shares', made.id)).toBeUndefined();
  });

  test('of an account that is disabled is refused while it is', async () => {
    const token = tokenOf(await share());
    const setState = async (state: 'active' | 'disabled'): Promise<void> => {
      const row = await studio.parts.store.get('users', anna.id);
      if (row) await studio.parts.store.write([{ update: 'users', row: { ...row, state } }]);
    };
    await setState('disabled');
    await expectRefused(token);
    await setState('active');
    expect((await visit(token)).status).toBe(200);
  });
});

describe('a visitor', () => {
  test('sees what is meant to be seen and nothing else', async () => {
    const seen = (await (await visit(tokenOf(await share()))).json()) as Visit;
    const cat = seen.items.find(({ id }) => id === finished);
    expect(Object.keys(cat ?? {}).sort()).toEqual(['height', 'id', 'name', 'thumbhash', 'title', 'variants', 'width']);
    expect(cat).toMatchObject({
      name: 'cat.png',
      title: 'A cat',
      width: 451,
      height: 300,
      variants: ['thumb', 'version'],
    });
    expect(JSON.stringify(seen)).not.toContain('SECRET-SKU');
    expect(JSON.stringify(seen)).not.toContain(anna.id);
    expect(seen.items.find(({ id }) => id === plain)?.variants).toEqual(['thumb']);
  });

  test('gets pages, and no page of another link', async () => {
    const [one, other] = [tokenOf(await share()), tokenOf(await share())];
    const first = (await (await visit(one, '?limit=1')).json()) as Visit;
    expect(first.items).toHaveLength(1);
    const second = (await (await visit(one, `?limit=1&cursor=${first.nextCursor ?? ''}`)).json()) as Visit;
    expect([first.items[0]?.id, second.items[0]?.id, second.nextCursor]).toEqual([finished, plain, null]);
    expect((await visit(other, `?limit=1&cursor=${first.nextCursor ?? ''}`)).status).toBe(400);
  });

  test('gets the current version and the thumb, made harmless, asked about again each time', async () => {
    const token = tokenOf(await share());
    const answer = await file(token, finished, 'version');
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const row = await studio.parts.store.get('images', finished);
    const version = await studio.parts.store.get('versions', row?.current_version ?? '');
    expect(sha256(bytes)).toBe(version?.blob);
    expect(answer.headers.get('Cache-Control')).toBe('private, no-cache');
    expect(answer.headers.get('Content-Security-Policy')).toContain('sandbox');
    expect(answer.headers.get('Referrer-Policy')).toBe('no-referrer');
    // Without a Cache-Control of its own, fetch asks for no-cache.
    const again = { headers: { 'If-None-Match': answer.headers.get('ETag') ?? '', 'Cache-Control': 'max-age=0' } };
    expect((await file(token, finished, 'version', again)).status).toBe(304);
    const thumb = new Uint8Array(await (await file(token, finished, 'thumb')).arrayBuffer());
    expect(sha256(thumb)).toBe(version?.thumb);
    expect((await file(token, plain, 'thumb')).status).toBe(200);
  });

  test('gets no original, unless the link says so', async () => {
    const closed = tokenOf(await share());
    expect((await file(closed, finished, 'original')).status).toBe(403);
    // A picture without a version has nothing but its original to show, with all that a camera writes into it.
    expect((await file(closed, plain, 'version')).status).toBe(404);
    const open = tokenOf(await share({ variant: 'original' }));
    const answer = await file(open, plain, 'original');
    expect(sha256(new Uint8Array(await answer.arrayBuffer()))).toBe(sha256(photo('coffee.png')));
    expect(answer.headers.get('Content-Disposition')).toContain('coffee.png');
  });

  test('gets nothing that is not in the album, or in the trash, or was taken out', async () => {
    const token = tokenOf(await share({ variant: 'original' }));
    const hers = await upload(eve, photo('rocket.jpg'), 'rocket.jpg');
    expect((await file(token, outside, 'thumb')).status).toBe(404);
    expect((await file(token, hers, 'original')).status).toBe(404);
    await anna.json('POST', `/albums/${album}/images`, { ids: [outside] });
    expect((await file(token, outside, 'thumb')).status).toBe(200);
    const row = await studio.parts.store.get('images', outside);
    if (row) await studio.parts.store.write([{ update: 'images', row: { ...row, state: 'trashed' } }]);
    expect((await file(token, outside, 'thumb')).status).toBe(404);
    expect(((await (await visit(token)).json()) as Visit).items.map(({ id }) => id)).not.toContain(outside);
    await anna.json('DELETE', `/albums/${album}/images`, { ids: [outside] });
  });

  test('can do nothing else with the token', async () => {
    const token = tokenOf(await share());
    for (const path of ['/images', '/albums', `/albums/${album}`, `/images/${finished}/file`]) {
      const answer = await studio.stranger.call(path, { headers: { Authorization: `Bearer ${token}` } });
      expect(answer.status).toBe(401);
    }
    expect((await visit(token, `/images/${finished}/file?variant=mask`)).status).toBe(400);
  });
});

describe('the owner', () => {
  test.each([{ expires_in_days: 0 }, { expires_in_days: 366 }, { expires_in_days: 1.5 }, { variant: 'all' }, { x: 1 }])(
    'makes no link from %j',
    async (body) => {
      await anna.json('POST', `/albums/${album}/shares`, body, 400);
    },
  );

  test('chooses when it ends', async () => {
    const made = await share({ expires_in_days: 7 });
    const days = (Date.parse(made.expires_at) - Date.parse(made.created_at)) / 86_400_000;
    expect(days).toBeCloseTo(7, 4);
  });

  test('D7 is the only one to see and end links', async () => {
    const made = await share();
    await eve.json('POST', `/albums/${album}/shares`, {}, 404);
    await eve.json('GET', `/albums/${album}/shares`, undefined, 404);
    await eve.json('DELETE', `/shares/${made.id}`, undefined, 404);
    expect((await visit(tokenOf(made))).status).toBe(200);
  });

  test('has a hundred links to an album at most', async () => {
    const { id } = await anna.json<{ id: string }>('POST', '/albums', { name: 'Links' }, 201);
    for (let at = 0; at < 100; at += 1) await anna.json('POST', `/albums/${id}/shares`, {}, 201);
    await anna.json('POST', `/albums/${id}/shares`, {}, 409);
    const { items } = await anna.json<{ items: Share[] }>('GET', `/albums/${id}/shares?limit=1`);
    await anna.json('DELETE', `/shares/${items[0]?.id ?? ''}`, undefined, 204);
    const again = await anna.json<Share>('POST', `/albums/${id}/shares`, {}, 201);
    await anna.json('POST', `/albums/${id}/shares`, {}, 409);
    // One that has ended by itself is no link any more.
    const row = await studio.parts.store.get('shares', again.id);
    if (row) await studio.parts.store.write([{ update: 'shares', row: { ...row, expires_at: row.created_at } }]);
    await anna.json('POST', `/albums/${id}/shares`, {}, 201);
  });
});

test('the log has no token', async () => {
  const lines: string[] = [];
  const { createLog } = await import('../../../../backend-node/src/logs.ts');
  const { createApp } = await import('../../../../backend-node/src/app.ts');
  const log = createLog({ log_level: 'info', log_format: 'json' }, { write: (line: string) => void lines.push(line) });
  const server = createApp({ ...studio.parts, log }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const token = tokenOf(await share());
  for (const rest of ['', `/images/${finished}/file?variant=thumb`, '/x']) {
    await (await fetch(`http://127.0.0.1:${port}/api/v1/shared/${token}${rest}`)).arrayBuffer();
  }
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(lines.length).toBeGreaterThanOrEqual(3);
  expect(lines.join('')).not.toContain(token.split('.')[1]);
});
