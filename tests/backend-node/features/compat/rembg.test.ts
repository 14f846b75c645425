/** /api/remove and /remove-bg over HTTP, with the curl calls of rembg's own documentation. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { purposeKey, signed } from '../../../../backend-node/src/http/purpose-keys.ts';
import { formOf, photo } from '../../photos.ts';
import { boxOnGrey } from '../../processing/drawn-png.ts';
import { startStudio, type Studio } from '../../studio.ts';
import { CURL, curl, kept, look, lookAt, openStand, type Stand } from './stand.ts';

let stand: Stand;

beforeAll(async () => {
  stand = await openStand();
}, 120_000);
afterAll(() => stand.stop());

const remove = (query: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${stand.studio.url}/api/remove${query}`, init);
const coffee = () => formOf([['in.png', photo('coffee.png')]]);
const post = (query: string, fields: Record<string, string> = {}): Promise<Response> =>
  remove(query, { method: 'POST', body: formOf([['in.png', photo('coffee.png')]], fields) });
const detailOf = async (answer: Response) => [answer.status, (await answer.json()) as { detail: string }] as const;

describe.skipIf(CURL === undefined)('curl, as rembg documents it', () => {
  const out = () => join(stand.folder, 'out.png');

  test('an address', async () => {
    await curl('-s', `${stand.studio.url}/api/remove?url=${stand.pictures}/coffee.png`, '-o', out());
    expect(look(readFileSync(out()))).toMatchObject({ format: 'PNG', mode: 'RGBA', size: [600, 400], alpha: [0, 255] });
  });

  test('a file', async () => {
    await curl('-s', '-F', `file=@${stand.file('coffee.png')}`, `${stand.studio.url}/api/remove`, '-o', out());
    expect(look(readFileSync(out()))).toMatchObject({ format: 'PNG', mode: 'RGBA', size: [600, 400], alpha: [0, 255] });
  });

  test('a model and a colour', async () => {
    const address = `${stand.studio.url}/api/remove?url=${stand.pictures}/coffee.png&model=u2netp&bgc=255,0,0,255`;
    await curl('-s', address, '-o', out());
    expect(look(readFileSync(out()))).toMatchObject({ format: 'PNG', mode: 'RGB', corner: [255, 0, 0] });
  });

  test('only the mask, the parameters behind the file', async () => {
    const form = ['-F', `file=@${stand.file('coffee.png')}`, '-F', 'om=true', '-F', 'model=u2netp'];
    await curl('-s', ...form, `${stand.studio.url}/api/remove`, '-o', out());
    expect(look(readFileSync(out()))).toMatchObject({ mode: 'L', alpha: [0, 255], corner: [0], center: [255] });
  });

  test.for(['name', 'password'])('the key as the %s of the address', async (place) => {
    const { host } = new URL(stand.studio.url);
    const who = place === 'name' ? stand.key : `rembg:${stand.key}`;
    await curl('-s', '-F', `file=@${stand.file('coffee.png')}`, `http://${who}@${host}/api/remove`, '-o', out());
    expect(look(readFileSync(out())).mode).toBe('RGBA');
    const wrong = await curl('-s', '-F', `file=@${stand.file('coffee.png')}`, `http://vt_wrong@${host}/api/remove`);
    expect(JSON.parse(wrong)).toEqual({ detail: expect.stringContaining('API key') as string });
  });
});

describe('what is wrong is told as FastAPI does', () => {
  test.for([
    ['no address', '', 'Expected url'],
    ['an unknown model', `?url=https://example.com/a.png&model=sam`, 'Expected model'],
    ['D13 a path as the model', '?url=https://example.com/a.png&model=../../etc/passwd', 'Expected model'],
    [
      'D13 a path in the extras',
      '?url=https://a.example&extras=%7B%22model_path%22%3A%22%2Fetc%2Fpasswd%22%7D',
      'no extras',
    ],
    ['a bad colour', '?url=https://example.com/a.png&bgc=red', 'Expected bgc'],
    ['an address of this network', '?url=http://127.0.0.1:1/', ''],
    ['a file as the address', '?url=file:///etc/passwd', ''],
  ] as const)('%s', async ([, query, detail]) => {
    const [status, body] = await detailOf(await remove(query));
    expect([status, body.detail]).toEqual([400, expect.stringContaining(detail)]);
  });

  test('D13 neither is looked for by a form, nor is anything fetched for it', async () => {
    const before = stand.asked.length;
    for (const fields of [{ model: '../../etc/passwd' }, { extras: '{"model_path":"/etc/passwd"}' }]) {
      const [status, { detail }] = await detailOf(await post('', fields));
      expect([status, detail]).toEqual([400, expect.not.stringContaining('root:')]);
    }
    expect((await remove(`?url=${stand.pictures}/coffee.png&extras={"u":1}`)).status).toBe(400);
    expect(stand.asked.length).toBe(before);
  });

  test('no file, and a file under another name', async () => {
    const body = new FormData();
    body.append('model', 'u2netp');
    expect(await detailOf(await remove('', { method: 'POST', body }))).toMatchObject([400, { detail: /as file/ }]);
    body.append('picture', new Blob(['x']), 'x.png');
    expect((await remove('', { method: 'POST', body })).status).toBe(400);
    expect((await remove('', { method: 'PUT', body: coffee() })).headers.get('Allow')).toBe('GET, HEAD, POST');
  });
});

describe('without a key', () => {
  let others: Studio[] = [];
  afterAll(async () => {
    for (const other of others) await other.stop();
    others = [];
  });
  const studioWith = async (environment: Record<string, string>): Promise<Studio> => {
    const studio = await startStudio({ environment });
    others.push(studio);
    return studio;
  };
  const QUICK = '/api/remove?model=u2netp';
  const statusOf = async ({ url }: Studio, path = QUICK, headers: Record<string, string> = {}) =>
    (
      await fetch(`${url}${path}`, {
        method: 'POST',
        headers,
        body: formOf([['in.png', boxOnGrey(1) as Uint8Array<ArrayBuffer>]]),
      })
    ).status;

  test.for([
    [{ VITRINE_OPEN_COMPAT: 'off' }, 401],
    [{ VITRINE_GATEWAY_HOST: '0.0.0.0' }, 401],
    [{ VITRINE_TRUSTED_PROXIES: '1' }, 401],
    [{ VITRINE_GATEWAY_HOST: '0.0.0.0', VITRINE_OPEN_COMPAT: 'on' }, 200],
    [{}, 200],
  ] as const)('%j answers %i', async ([environment, status]) => {
    const studio = await studioWith(environment);
    expect(await statusOf(studio)).toBe(status);
    expect(await statusOf(studio, '/remove-bg')).toBe(status);
    expect(await statusOf(studio, '/v1.0/removebg')).toBe(403);
  });

  test.for([
    ['another site', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }],
    ['another port of this machine', { 'Sec-Fetch-Site': 'same-site', Origin: 'http://localhost:9' }],
    ['a picture in another page', { 'Sec-Fetch-Site': 'cross-site' }],
    ['an old browser', { Origin: 'https://evil.example' }],
  ] as const)('pages of %s are refused', async ([, headers]) => {
    expect(await statusOf(stand.studio, QUICK, headers)).toBe(403);
    expect(await statusOf(stand.studio, '/remove-bg', headers)).toBe(403);
    const basic = { ...headers, Authorization: `Basic ${Buffer.from(`${stand.key}:`).toString('base64')}` };
    expect(await statusOf(stand.studio, QUICK, basic)).toBe(403);
  });

  test('pages of an origin in the settings are not', async () => {
    const Origin = 'http://localhost:3000';
    const studio = await studioWith({ VITRINE_GATEWAY_ORIGINS: Origin });
    const headers = { Origin, 'Sec-Fetch-Site': 'same-site' };
    expect(await statusOf(studio, '/remove-bg', headers)).toBe(200);
  });

  test('a wrong key is refused, not overlooked', async () => {
    expect(await statusOf(stand.studio, QUICK, { 'X-Api-Key': 'vt_wrong' })).toBe(401);
    expect(await statusOf(stand.studio, QUICK, { Authorization: 'Digest x' })).toBe(401);
  });
});

describe('/remove-bg', () => {
  const make = (body: FormData): Promise<Response> => fetch(`${stand.studio.url}/remove-bg`, { method: 'POST', body });

  test.for(['image', 'file'])('%s becomes a white JPEG behind an address', async (name) => {
    const body = new FormData();
    body.append(name, new Blob([photo('coffee.png')]), 'in.png');
    const answer = await make(body);
    const { url } = (await answer.json()) as { url: string };
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/remove-bg\/.+\.jpg$/);
    const picture = await fetch(url);
    expect(picture.headers.get('Content-Type')).toBe('image/jpeg');
    expect(picture.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(await lookAt(picture)).toMatchObject({ format: 'JPEG', size: [600, 400], corner: [255, 255, 255] });
  });

  test('D14 an altered, a cut and another address are refused alike', async () => {
    const { url } = (await (await make(coffee())).json()) as { url: string };
    const end = Date.now().toString(36);
    for (const wrong of [
      url.replace('.jpg', 'x.jpg'),
      url.replace(/(\/[0-9a-f]{64})-[^.]+/, `$1-${end}`),
      url.slice(0, -9) + '.jpg',
    ]) {
      const answer = await fetch(wrong);
      expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'share_invalid' }]);
    }
  });

  test('an address ends', async () => {
    const { url } = (await (await make(coffee())).json()) as { url: string };
    const blob = /\/([0-9a-f]{64})-/.exec(url)?.[1] ?? '';
    const key = purposeKey(stand.studio.parts.secret, 'white picture');
    const statusAt = async (time: number): Promise<number> => {
      const token = signed(key, `${blob}-${time.toString(36)}`);
      return (await fetch(`${stand.studio.url}/remove-bg/${token}.jpg`)).status;
    };
    expect([await statusAt(Date.now() + 60_000), await statusAt(Date.now() - 1)]).toEqual([200, 403]);
  });

  test.for([
    ['no file', new FormData()],
    ['a file without a name', formWith('')],
    ['a file under another name', formWith('x.png', 'picture')],
  ] as const)('%s is refused with a message', async ([, body]) => {
    const answer = await make(body);
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: /^Expected/, message: /^Expected/ }]);
  });

  function formWith(name: string, field = 'image'): FormData {
    const form = new FormData();
    form.append(field, new Blob([name === '' ? '' : 'x']), name);
    return form;
  }

  test('the result stays for the hour, the picture sent does not', async () => {
    const { store } = stand.studio.parts;
    const bytes = boxOnGrey(4711) as Uint8Array<ArrayBuffer>;
    expect((await make(formOf([['box.png', bytes]]))).status).toBe(200);
    const { rows } = await store.find('released', { limit: 500 });
    const ahead_ms = rows.map(({ released_at }) => Date.parse(released_at) - Date.now());
    expect(Math.max(...ahead_ms)).toBeGreaterThan(3_500_000);
    expect(ahead_ms.filter((ms) => ms <= 0).length).toBeGreaterThan(1);
  });
});

test('nothing is kept in anybody’s gallery', async () => {
  expect((await post('')).status).toBe(200);
  expect(await kept(stand)).toBe(0);
});
