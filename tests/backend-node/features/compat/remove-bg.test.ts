/** POST /v1.0/removebg over HTTP, and by a client that others wrote (PyPI removebg). */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { photo } from '../../photos.ts';
import { boxOnGrey } from '../../processing/drawn-png.ts';
import { kept, look, lookAt, openStand, python, type Stand } from './stand.ts';

let stand: Stand;

beforeAll(async () => {
  stand = await openStand();
}, 120_000);
afterAll(() => stand.stop());

type Parts = Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>;

/** In the order given, as curl -F does. */
function formOf(parts: Parts): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(parts)) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, new Blob([value]), `${name}.png`);
  }
  return form;
}

const post = (body: RequestInit['body'], headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${stand.studio.url}/v1.0/removebg`, {
    method: 'POST',
    headers: { 'X-Api-Key': stand.key, ...headers },
    ...(body !== undefined && { body }),
  });
const ask = (parts: Parts, headers: Record<string, string> = {}): Promise<Response> =>
  post(formOf({ image_file: photo('coffee.png'), ...parts }), headers);
const errorOf = async (answer: Response) => {
  const { errors } = (await answer.json()) as { errors: { code: string; title: string; detail?: string }[] };
  return [answer.status, errors[0]?.code];
};
const number = (answer: Response, name: string): number => Number(answer.headers.get(name) ?? Number.NaN);

describe('PyPI removebg', () => {
  const CLIENT = `
import sys
from removebg import removebg
endpoint, key, log, work, *args = sys.argv[1:]
removebg.API_ENDPOINT = endpoint
given = [open(arg[1:]).read() if arg.startswith("@") else arg for arg in args]
getattr(removebg.RemoveBg(key, log), work)(*given)
`;
  const client = (work: string, ...args: string[]): Promise<string> =>
    python(CLIENT, `${stand.studio.url}/v1.0/removebg`, stand.key, join(stand.folder, 'errors.log'), work, ...args);

  test('a file', async () => {
    const file = stand.file('coffee.png');
    await client('remove_background_from_img_file', file, 'regular');
    const seen = look(readFileSync(`${file}_no_bg.png`));
    expect(seen).toMatchObject({ format: 'PNG', mode: 'RGBA', size: [600, 400], alpha: [0, 255] });
    expect(seen.corner[3]).toBe(0);
    expect(seen.center[3]).toBe(255);
  });

  test('base64, on a colour', async () => {
    const out = join(stand.folder, 'b64.png');
    const base64 = join(stand.folder, 'coffee.b64');
    writeFileSync(base64, photo('coffee.png').toString('base64'));
    await client('remove_background_from_base64_img', `@${base64}`, 'preview', out, '81d4fa');
    const seen = look(readFileSync(out));
    expect(seen).toMatchObject({ format: 'JPEG', mode: 'RGB', size: [600, 400] });
    for (const [at, value] of [0x81, 0xd4, 0xfa].entries()) expect(seen.corner[at]).toBeCloseTo(value, -1);
  });

  test('an address', async () => {
    const out = join(stand.folder, 'url.png');
    await client('remove_background_from_img_url', `${stand.pictures}/coffee.png`, '4k', out);
    expect(look(readFileSync(out))).toMatchObject({ format: 'PNG', mode: 'RGBA', size: [600, 400], alpha: [0, 255] });
  });

  test('what is wrong is raised there', async () => {
    const failing = client('remove_background_from_img_url', `${stand.pictures}/missing.png`, 'regular', 'never.png');
    await expect(failing).rejects.toThrow(/400 Client Error/);
  });
});

describe('the answer', () => {
  test('a picture, and headers that tell its size and where the product was', async () => {
    const answer = await ask({ size: 'auto' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Content-Type')).toBe('image/png');
    expect(answer.headers.get('X-Type')).toBe('product');
    expect(number(answer, 'X-Credits-Charged')).toBe(0);
    expect([number(answer, 'X-Width'), number(answer, 'X-Height')]).toEqual([600, 400]);
    const left = number(answer, 'X-Foreground-Left');
    const top = number(answer, 'X-Foreground-Top');
    const [right, bottom] = [left + number(answer, 'X-Foreground-Width'), top + number(answer, 'X-Foreground-Height')];
    expect((await lookAt(answer)).box).toEqual([left, top, right, bottom]);
  });

  test('a preview has at most a quarter of a megapixel', async () => {
    const answer = await post(formOf({ image_file: photo('astronaut.png') }));
    expect(await lookAt(answer)).toMatchObject({ size: [500, 500] });
    expect(number(answer, 'X-Width')).toBe(500);
  });

  test('JSON, where that is asked for', async () => {
    const answer = await ask({}, { Accept: 'application/json' });
    const { data } = (await answer.json()) as { data: Record<string, number> & { result_b64: string } };
    expect(look(Buffer.from(data.result_b64, 'base64'))).toMatchObject({ format: 'PNG', size: [600, 400] });
    expect(data).toMatchObject({ foreground_left: number(answer, 'X-Foreground-Left') });
    expect(data['foreground_width']).toBeGreaterThan(100);
  });

  test('cropped to the product, with a margin', async () => {
    const answer = await ask({ crop: 'true', crop_margin: '10px 20px' });
    const [width, height] = [number(answer, 'X-Foreground-Width'), number(answer, 'X-Foreground-Height')];
    const seen = await lookAt(answer);
    expect(seen).toMatchObject({ size: [width + 40, height + 20], box: [20, 10, 20 + width, 10 + height] });
  });

  test('scaled, in the place asked for', async () => {
    const { size, box } = await lookAt(await ask({ scale: '50%', position: '100% 0%' }));
    expect(size).toEqual([600, 400]);
    const [left = 0, top = 0, right = 0, bottom = 0] = box ?? [];
    expect(top).toBe(0);
    // Smaller than it was, its edge may be too faint to count.
    expect(right).toBeGreaterThanOrEqual(598);
    expect(Math.max((right - left) / 600, (bottom - top) / 400)).toBeCloseTo(0.5, 2);
  });

  test('only what lies in the region of interest', async () => {
    const { size, box } = await lookAt(await ask({ roi: '0% 0% 50% 100%' }));
    expect(size).toEqual([600, 400]);
    expect(box?.[2]).toBeLessThanOrEqual(300);
  });

  test('the transparency alone is one grey plane', async () => {
    const seen = await lookAt(await ask({ channels: 'alpha', bg_color: 'red' }));
    expect(seen).toMatchObject({ format: 'PNG', mode: 'L', size: [600, 400], alpha: [0, 255] });
    expect([seen.corner, seen.center]).toEqual([[0], [255]]);
  });

  test('a zip holds colours and transparency apart', async () => {
    const answer = await ask({ format: 'zip', type_level: 'none' });
    expect([answer.headers.get('Content-Type'), answer.headers.get('X-Type')]).toEqual(['application/zip', null]);
    const path = join(stand.folder, 'result.zip');
    writeFileSync(path, Buffer.from(await answer.arrayBuffer()));
    const told = await python(
      `
import sys, zipfile
from PIL import Image
pack = zipfile.ZipFile(sys.argv[1])
color, alpha = (Image.open(pack.open(name)) for name in ("color.jpg", "alpha.png"))
color.putalpha(alpha)
print(pack.namelist(), color.mode, color.size, color.getpixel((0, 0))[3], color.getpixel((300, 200))[3])
`,
      path,
    );
    expect(told.trim()).toBe("['color.jpg', 'alpha.png'] RGBA (600, 400) 0 255");
  });

  test.for([
    [{ bg_color: 'lime' }, 'JPEG', [0, 255, 0]],
    [{ bg_color: '#00f', format: 'png' }, 'PNG', [0, 0, 255]],
    [{ bg_color: 'ff000080' }, 'JPEG', [255, 127, 127]],
    [{ format: 'jpg' }, 'JPEG', [255, 255, 255]],
    [{ format: 'webp', bg_color: '00000000' }, 'WEBP', [undefined, undefined, undefined, 0]],
    [{ bg_image_file: boxOnGrey(3) as Uint8Array<ArrayBuffer> }, 'JPEG', [225, 225, 225]],
  ] as const)('ground %j', async ([wish, format, color]) => {
    const seen = await lookAt(await ask(wish));
    expect(seen.format).toBe(format);
    for (const [at, value] of color.entries()) if (value !== undefined) expect(seen.corner[at]).toBeCloseTo(value, -1);
  });

  test('a ground from an address, and a shadow', async () => {
    const answer = await ask({ bg_image_url: `${stand.pictures}/coffee.png`, add_shadow: 'true', format: 'png' });
    const seen = await lookAt(answer);
    expect(seen).toMatchObject({ format: 'PNG', mode: 'RGB', size: [600, 400] });
    // The wall of the photo itself.
    expect(Math.max(...seen.corner)).toBeLessThan(100);
  });

  test.for(['application/json', 'application/x-www-form-urlencoded'])('sources come as %s as well', async (type) => {
    const fields = { image_file_b64: `data:image/png;base64,${photo('coffee.png').toString('base64')}`, crop: 'true' };
    const body = type === 'application/json' ? JSON.stringify({ ...fields, crop: true }) : new URLSearchParams(fields);
    const answer = await post(body, { 'Content-Type': type });
    expect(answer.status).toBe(200);
    expect(number(answer, 'X-Width')).toBe(number(answer, 'X-Foreground-Width'));
  });
});

describe('what is wrong is told as remove.bg does', () => {
  test.for([
    [{}, 400, 'missing_source'],
    [{ image_file: '', size: 'auto' }, 400, 'missing_source'],
    [{ image_file_b64: 'AAAA', image_url: 'https://example.com/a.png' }, 400, 'multiple_sources'],
    [{ image_file: boxOnGrey(1) as Uint8Array<ArrayBuffer>, image_url: 'https://a.example' }, 400, 'multiple_sources'],
    [{ image_file_b64: '*' }, 400, 'invalid_request'],
    [{ image_file: Buffer.from('<svg/>') }, 400, 'invalid_file_type'],
    [{ image_url: 'http://169.254.169.254/latest/meta-data' }, 400, 'invalid_image_url'],
    [{ image_file: boxOnGrey(1) as Uint8Array<ArrayBuffer>, size: 'huge' }, 400, 'invalid_size'],
    [{ image_file: boxOnGrey(1) as Uint8Array<ArrayBuffer>, bg_color: 'no such' }, 400, 'invalid_bg_color'],
    [{ image_file: boxOnGrey(1) as Uint8Array<ArrayBuffer>, roi: '50% 0% 20% 100%' }, 400, 'invalid_roi'],
    [
      { image_file: boxOnGrey(1) as Uint8Array<ArrayBuffer>, bg_color: 'red', bg_image_url: 'https://a.example' },
      400,
      'multiple_backgrounds',
    ],
  ] as const)('%j', async ([parts, status, code]) => {
    expect(await errorOf(await post(formOf(parts)))).toEqual([status, code]);
  });

  test('an address that does not answer as it should, without a word of what it said', async () => {
    for (const name of ['missing.png', 'page.html']) {
      const answer = await post(formOf({ image_url: `${stand.pictures}/${name}` }));
      const text = await answer.text();
      expect([answer.status, text]).toEqual([400, expect.not.stringContaining('secret banner')]);
      expect(text).toMatch(/"title":/);
    }
  });

  test.for([
    ['no key', {}],
    ['a wrong key', { 'X-Api-Key': 'vt_wrong' }],
    ['another kind of key', { 'X-Api-Key': 'INSERT_YOUR_API_KEY_HERE' }],
  ] as const)('%s', async ([, headers]) => {
    const init = { method: 'POST', headers, body: formOf({ image_file: photo('coffee.png') }) };
    const answer = await fetch(`${stand.studio.url}/v1.0/removebg`, init);
    expect(await errorOf(answer)).toEqual([403, 'auth_failed']);
  });

  test('a key without the scope', async () => {
    const key = await stand.newKey('images:read');
    expect(await errorOf(await ask({}, { 'X-Api-Key': key }))).toEqual([403, 'auth_failed']);
  });

  test('another method, another address', async () => {
    const { url } = stand.studio;
    expect((await fetch(`${url}/v1.0/removebg`)).headers.get('Allow')).toBe('POST');
    expect(await errorOf(await fetch(`${url}/v1.0/improve`, { method: 'POST' }))).toEqual([404, 'not_found']);
  });
});

test('the account has credits to spare', async () => {
  const answer = await fetch(`${stand.studio.url}/v1.0/account`, { headers: { 'X-Api-Key': stand.key } });
  expect(await answer.json()).toMatchObject({ data: { attributes: { credits: { total: 1_000_000 } } } });
  expect((await fetch(`${stand.studio.url}/v1.0/account`)).status).toBe(403);
});

test('nothing of all this is kept, and its blobs are let go of', async () => {
  const answer = await ask({ image_file: boxOnGrey(77) as Uint8Array<ArrayBuffer> });
  await answer.arrayBuffer();
  expect(await kept(stand)).toBe(0);
  const { store } = stand.studio.parts;
  expect(await store.count('released', {})).toBeGreaterThan(0);
});

test('too many requests are told in the same shape', async () => {
  const narrow = await openStand({ VITRINE_RATE_LIMIT: '3' });
  try {
    const answers = await Promise.all([1, 2, 3, 4].map(() => fetch(`${narrow.studio.url}/v1.0/account`)));
    const last = answers.find(({ status }) => status === 429);
    expect(last && (await errorOf(last))).toEqual([429, 'rate_limit_exceeded']);
    expect(Number(last?.headers.get('Retry-After'))).toBeGreaterThan(0);
  } finally {
    await narrow.stop();
  }
}, 60_000);
