import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Image } from '../../../../backend-node/src/contract/image.ts';
import { photo, png } from '../../photos.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';
import { remembered, rendered, uploaded } from '../images/things.ts';

let studio: Studio;
let anna: Client;
let ben: Client;
let image: Image;
const bytes = photo('rocket.jpg');

beforeAll(async () => {
  studio = await startStudio();
  anna = await studio.signUp('anna');
  ben = await studio.signUp('ben');
  image = await uploaded(anna, "ракета '1'.jpg", bytes);
});
afterAll(() => studio.stop());

const file = (query = '', init: RequestInit = {}, id = image.id): Promise<Response> =>
  anna.call(`/images/${id}/file${query}`, init);
const body = async (answer: Response): Promise<Buffer> => Buffer.from(await answer.arrayBuffer());
const path = async (blob: string): Promise<string> => join(...((await studio.parts.processing.fileOf(blob)) ?? ['']));

test('B7 the original comes byte for byte, as a download, with headers that let nothing run', async () => {
  const answer = await file();
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-length': String(bytes.length),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, no-cache',
    'accept-ranges': 'bytes',
    etag: `"${image.blob}"`,
    'content-disposition': `attachment; filename="______ '1'.jpg"; filename*=UTF-8''${encodeURIComponent('ракета ')}%271%27.jpg`,
  });
  expect(answer.headers.get('Set-Cookie')).toBeNull();
  expect(
    createHash('sha256')
      .update(await body(answer))
      .digest('hex'),
  ).toBe(image.blob);
});

test('B1 B7 a name that ends in .php is downloaded as what it is', async () => {
  const { id } = await uploaded(anna, 'shell.jpg.php');
  const answer = await file('', {}, id);
  expect(answer.headers.get('Content-Disposition')).toContain('filename="shell.jpg.php.png"');
  expect(answer.headers.get('Content-Type')).toBe('image/png');
});

test('B3 what is appended to a JPEG reaches nobody but who downloads the original', async () => {
  const polyglot = await uploaded(
    anna,
    'poly.jpg',
    Buffer.concat([photo('rocket.jpg'), Buffer.from('<?php system($_GET[0]); ?>')]),
  );
  const thumb = await body(await file('?variant=thumb', {}, polyglot.id));
  expect(thumb.includes('<?php')).toBe(false);
  expect((await file('', {}, polyglot.id)).headers.get('Content-Disposition')).toMatch(/^attachment/);
});

test('B7 facts that say text/html do not make a page', async () => {
  const { id } = await remembered(studio, ben.id, { facts: { mime: 'text/html' }, blob: image.blob });
  const answer = await ben.call(`/images/${id}/file`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('Content-Type')).toBe('application/octet-stream');
});

test('a thumb is small, shown in place, and asked about each time', async () => {
  const answer = await file('?variant=thumb');
  expect(answer.headers.get('Content-Type')).toBe('image/jpeg');
  expect(answer.headers.get('Content-Disposition')).toBeNull();
  expect(answer.headers.get('Cache-Control')).toBe('private, no-cache');
  expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff');
  expect(answer.headers.get('Content-Security-Policy')).toContain('sandbox');
  const small = await body(answer);
  expect(small.subarray(0, 2).toString('hex')).toBe('ffd8');
  expect(small.length).toBeLessThan(bytes.length);
  const row = await studio.parts.store.get('images', image.id);
  expect(createHash('sha256').update(small).digest('hex')).toBe(row?.thumb);
});

test('with v the answer may be kept for ever', async () => {
  for (const variant of ['thumb', 'original']) {
    const answer = await file(`?variant=${variant}&v=${image.blob.slice(0, 12)}`);
    expect(answer.headers.get('Cache-Control')).toBe('private, max-age=31536000, immutable');
  }
});

test('304 to who has the bytes already, for originals and thumbs', async () => {
  for (const query of ['', '?variant=thumb']) {
    const etag = (await file(query)).headers.get('ETag') ?? '';
    // fetch itself adds Cache-Control: no-cache to a conditional request, which asks for the bytes again.
    const answer = await file(query, { headers: { 'If-None-Match': `"x", W/${etag}`, 'Cache-Control': 'max-age=0' } });
    expect(answer.status).toBe(304);
    expect(answer.headers.get('ETag')).toBe(etag);
    expect(await body(answer)).toHaveLength(0);
    expect((await file(query, { headers: { 'If-None-Match': '"other"', 'Cache-Control': 'max-age=0' } })).status).toBe(
      200,
    );
  }
});

test('ranges: a part, the end, If-Range; beyond the end is 416', async () => {
  const part = await file('', { headers: { Range: 'bytes=10-19' } });
  expect(part.status).toBe(206);
  expect(part.headers.get('Content-Range')).toBe(`bytes 10-19/${bytes.length}`);
  expect(await body(part)).toEqual(bytes.subarray(10, 20));
  expect(await body(await file('', { headers: { Range: 'bytes=-5' } }))).toEqual(bytes.subarray(-5));
  const same = await file('', { headers: { Range: 'bytes=0-3', 'If-Range': `"${image.blob}"` } });
  expect(same.status).toBe(206);
  const other = await file('', { headers: { Range: 'bytes=0-3', 'If-Range': '"other"' } });
  expect(other.status).toBe(200);
  expect(await body(other)).toHaveLength(bytes.length);
  const beyond = await file('', { headers: { Range: `bytes=${bytes.length}-` } });
  expect(beyond.status).toBe(416);
  expect(beyond.headers.get('Content-Range')).toBe(`bytes */${bytes.length}`);
  expect(await beyond.json()).toMatchObject({ code: 'range_not_satisfiable' });
  expect(beyond.headers.get('Content-Disposition')).toBeNull();
});

test('HEAD tells the same headers without the bytes', async () => {
  for (const query of ['', '?variant=thumb']) {
    const [head, get] = [await file(query, { method: 'HEAD' }), await file(query)];
    expect(head.status).toBe(200);
    for (const name of ['content-type', 'content-length', 'etag', 'content-disposition']) {
      expect(head.headers.get(name)).toBe(get.headers.get(name));
    }
    expect(await body(head)).toHaveLength(0);
    await body(get);
  }
});

test('a version, its thumb and its mask; the original stays what it was', async () => {
  const original = await uploaded(anna, 'mug.jpeg');
  const [picture, mask] = [await uploaded(anna, 'v.png'), await uploaded(anna, 'm.png')];
  const before = await file('?variant=version', {}, original.id);
  expect(before.status).toBe(404);
  const version = await rendered(studio, original, picture, mask);
  const got = async (query: string) => (await file(query, {}, original.id)).headers.get('ETag');
  expect(await got('')).toBe(`"${original.blob}"`);
  expect(await got('?variant=version')).toBe(`"${picture.blob}"`);
  expect(await got(`?variant=version&version=${version.id}`)).toBe(`"${picture.blob}"`);
  expect(await got('?variant=thumb')).toBe(`"${version.thumb}"`);
  expect(await got('?variant=mask')).toBe(`"${mask.blob}"`);
  expect(await got('?variant=thumb&version=original')).not.toBe(`"${version.thumb}"`);
  expect((await file('?variant=preview&version=original', {}, original.id)).status).toBe(200);
  expect((await file('?variant=version&version=original', {}, original.id)).status).toBe(404);
  const saved = await file('?variant=version&download=true', {}, original.id);
  expect(saved.headers.get('Content-Disposition')).toContain('filename="mug.png"');
  expect((await file('?variant=version', {}, original.id)).headers.get('Content-Disposition')).toBeNull();
  expect((await file(`?variant=version&version=${version.id}`)).status).toBe(404);
});

test('a missing file is corrupt_blob, and says nothing of where it was', async () => {
  const lost = await uploaded(anna, 'lost.png', png(77, 78, [1, 99, 200]));
  const place = await path(lost.blob);
  const kept = readFileSync(place);
  rmSync(place);
  const answer = await file('', {}, lost.id);
  expect(answer.status).toBe(500);
  expect(answer.headers.get('ETag')).toBeNull();
  expect(answer.headers.get('Cache-Control')).toBe('no-store');
  const told = await answer.text();
  expect(JSON.parse(told)).toMatchObject({ code: 'corrupt_blob' });
  expect(told).not.toContain(studio.data_dir);
  expect(told).not.toContain(place);
  writeFileSync(place, kept);
  expect((await file('', {}, lost.id)).status).toBe(200);
});

test('D7 nobody gets a file of another, in any variant', async () => {
  for (const variant of ['original', 'thumb', 'version', 'mask']) {
    expect((await ben.call(`/images/${image.id}/file?variant=${variant}`)).status).toBe(404);
    expect((await studio.stranger.call(`/images/${image.id}/file?variant=${variant}`)).status).toBe(401);
  }
});

test.each(['variant=source', 'v=../../etc/passwd', 'version=x', 'path=/etc/passwd', 'download=yes'])(
  'files refuse ?%s',
  async (query) => {
    expect((await file(`?${query}`)).status).toBe(400);
  },
);

test('through the processing service, where the blobs lie elsewhere, the answers are the same', async () => {
  const { processing } = studio.parts;
  const near = processing.fileOf.bind(processing);
  processing.fileOf = () => Promise.resolve(undefined);
  try {
    const whole = await file();
    expect(whole.headers.get('Content-Length')).toBe(String(bytes.length));
    expect(await body(whole)).toEqual(bytes);
    const part = await file('', { headers: { Range: 'bytes=10-19' } });
    expect([part.status, part.headers.get('Content-Range')]).toEqual([206, `bytes 10-19/${bytes.length}`]);
    expect(await body(part)).toEqual(bytes.subarray(10, 20));
    expect((await file('', { headers: { Range: 'bytes=99999999-' } })).status).toBe(416);
    expect((await file('', { method: 'HEAD' })).headers.get('Content-Length')).toBe(String(bytes.length));
    const gone = await remembered(studio, anna.id);
    expect(await (await file('', {}, gone.id)).json()).toMatchObject({ code: 'corrupt_blob' });
    expect(await (await file('?variant=thumb', {}, gone.id)).json()).toMatchObject({ code: 'corrupt_blob' });
  } finally {
    processing.fileOf = near;
  }
});

/** A JPEG whose EXIF has a place and a script. */
function telling(): Buffer<ArrayBuffer> {
  const program = [
    'import io, sys',
    'from PIL import Image',
    'picture = Image.new("RGB", (64, 48), (9, 99, 199))',
    'exif = Image.Exif()',
    'exif[0x010E] = "<script>alert(1)</script>"',
    'exif[0x8825] = {1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 36.0)}',
    'picture.save(sys.stdout.buffer, "JPEG", exif=exif)',
  ];
  return Buffer.from(execFileSync('.venv/bin/python', ['-c', program.join('\n')]));
}

test('B6 D15 where a photo was taken is in no facts and no thumb; what it says is text', async () => {
  const bytes = telling();
  expect(bytes.includes('script')).toBe(true);
  const { id } = await uploaded(anna, '<img src=x onerror=alert(1)>.jpg', bytes);
  const answer = await anna.call(`/images/${id}/facts`);
  expect(answer.headers.get('Content-Type')).toContain('application/json');
  expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff');
  expect(await answer.json()).toMatchObject({ exif: { has_gps: true } });
  expect(await (await anna.call(`/images/${id}/facts`)).text()).not.toMatch(/latitude|52|31|script/);
  const thumb = await body(await file('?variant=thumb', {}, id));
  expect(thumb.includes('Exif')).toBe(false);
  expect(thumb.includes('script')).toBe(false);
});

test('a preview is a picture that browsers show, at most 2048 px wide and high, of what the image shows now', async () => {
  const { id } = await uploaded(anna, 'wide.png', png(3000, 30, [10, 120, 30]));
  const first = await file('?variant=preview', {}, id);
  expect([first.status, first.headers.get('Content-Type')]).toEqual([200, 'image/webp']);
  expect(first.headers.get('Content-Disposition')).toBeNull();
  const seen = await body(first);
  expect(seen.subarray(8, 12).toString()).toBe('WEBP');
  expect(seen.equals(await body(await file('?variant=preview', {}, id)))).toBe(true);

  await anna.json('POST', `/images/${id}/versions`, { recipe: { steps: [{ operation: 'grayscale' }] } }, 201);
  const later = await file('?variant=preview', {}, id);
  expect(later.headers.get('ETag')).not.toBe(first.headers.get('ETag'));
  expect((await ben.call(`/images/${id}/file?variant=preview`)).status).toBe(404);
});

test('E10 altered bytes are never sent: not as a file, not as a thumb', async () => {
  const { id, blob } = await uploaded(anna, 'altered.png', png(300, 20, [90, 12, 30]));
  expect((await file('', {}, id)).status).toBe(200);
  for (const stored of [blob, (await rowOf(id)).thumb]) {
    const bytesOf = readFileSync(await path(stored));
    bytesOf.writeUInt8(bytesOf.readUInt8(20) ^ 1, 20);
    writeFileSync(await path(stored), bytesOf);
  }
  for (const query of ['', '?variant=thumb']) {
    const answer = await file(query, {}, id);
    expect([query, answer.status]).toEqual([query, 500]);
    expect(await answer.json()).toMatchObject({ code: 'corrupt_blob' });
  }
});

const rowOf = async (id: string) => {
  const row = await studio.parts.store.get('images', id);
  if (!row) throw new Error('no such row');
  return row;
};
