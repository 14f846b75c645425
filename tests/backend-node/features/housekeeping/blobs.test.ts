import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { sweepBlobs } from '../../../../backend-node/src/features/housekeeping/blobs.ts';
import { startPyservice, type RunningService } from '../../pyservice.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';
import { photo } from '../../photos.ts';
import { upload } from '../shares/pictures.ts';
import { anHourLater, onDisk } from './disk.ts';

let data_dir: string;
let service: RunningService;
let studio: Studio;
let anna: Client;
let eve: Client;

// Blobs are removed here: other tests shall keep theirs.
beforeAll(async () => {
  data_dir = mkdtempSync(join(tmpdir(), 'vitrine-sweep-'));
  writeFileSync(join(data_dir, 'service.secret'), inject('pyservice').secret, { mode: 0o600 });
  service = await startPyservice(data_dir);
  studio = await startStudio({ service_url: service.url });
  await studio.signUp('admin');
  anna = await studio.signUp('anna');
  eve = await studio.signUp('eve');
}, 120_000);
afterAll(async () => {
  await studio.stop();
  await service.stop();
  rmSync(data_dir, { recursive: true, force: true });
});

const signal = AbortSignal.timeout(300_000);
const sweep = (grace_ms?: number): Promise<number> => sweepBlobs(studio.parts, grace_ms).run(signal);
const released = (): Promise<number> => studio.parts.store.count('released', {});

async function purge(who: Client, image: string): Promise<void> {
  await who.json('DELETE', `/images/${image}`, undefined, 204);
  await who.json('DELETE', `/images/${image}?purge=true`, undefined, 204);
}

/** Nothing is left of the test before. */
beforeEach(async () => {
  for (const who of [anna, eve]) {
    const { items } = await who.json<{ items: { id: string }[] }>('GET', '/images');
    for (const { id } of items) await purge(who, id);
  }
  await anHourLater(studio, data_dir);
  await sweep();
  expect([...onDisk(data_dir).blobs]).toEqual([]);
  expect(await released()).toBe(0);
});

describe('a purged image', () => {
  test('leaves no file behind: original, thumb, masks and results are gone, and what was remembered about them', async () => {
    const image = await upload(anna, photo('coffee.png'), 'coffee.png');
    const cut = { recipe: { steps: [{ operation: 'remove-background' }] } };
    await anna.json('POST', `/images/${image}/versions`, cut, 201);
    await anna.json('POST', `/images/${image}/versions`, { recipe: { steps: [{ operation: 'sepia' }] } }, 201);
    const rows = (await studio.parts.store.find('versions', { where: { image } })).rows;
    const before = onDisk(data_dir);
    expect(rows.map(({ mask_blob }) => mask_blob !== '')).toContain(true);
    for (const blob of rows.flatMap(({ blobs }) => blobs)) expect(before.blobs).toContain(blob);
    expect(before.records.length).toBeGreaterThan(0);

    await purge(anna, image);
    await sweep();
    expect(onDisk(data_dir)).toEqual(before);
    await anHourLater(studio, data_dir);
    expect(await sweep()).toBe(before.blobs.size);
    expect(onDisk(data_dir)).toEqual({ blobs: new Set(), records: [] });
    expect(await released()).toBe(0);
  });

  test('leaves nothing of previews behind either', async () => {
    const image = await upload(anna, photo('chelsea.png'), 'cat.png');
    const answer = await anna.call(`/images/${image}/preview`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ recipe: { steps: [{ operation: 'remove-background' }] }, max_px: 200 }),
    });
    expect(answer.status).toBe(200);
    await answer.arrayBuffer();
    const row = await studio.parts.store.get('images', image);
    const before = onDisk(data_dir).blobs;
    expect(before.size).toBeGreaterThan(row?.blobs.length ?? 0);
    await purge(anna, image);
    await anHourLater(studio, data_dir);
    await sweep();
    expect(onDisk(data_dir)).toEqual({ blobs: new Set(), records: [] });
  });

  test('leaves what an image of somebody else needs', async () => {
    const bytes = photo('coffee.png');
    const hers = await upload(eve, bytes, 'mine.png');
    const image = await upload(anna, bytes, 'coffee.png');
    await anna.json('POST', `/images/${image}/versions`, { recipe: { steps: [{ operation: 'sepia' }] } }, 201);
    const needed = (await studio.parts.store.get('images', hers))?.blobs;
    await purge(anna, image);
    await anHourLater(studio, data_dir);
    await sweep();
    expect(onDisk(data_dir).blobs).toEqual(new Set(needed));
    expect(await released()).toBe(0);
    for (const variant of ['original', 'thumb']) {
      const answer = await eve.call(`/images/${hers}/file?variant=${variant}`);
      expect(answer.status).toBe(200);
      await answer.arrayBuffer();
    }
  });
});

describe('a released blob', () => {
  test('stays while it is younger than the grace', async () => {
    const image = await upload(anna, photo('rocket.jpg'), 'rocket.jpg');
    await purge(anna, image);
    const before = onDisk(data_dir);
    expect(await sweep()).toBe(0);
    expect(onDisk(data_dir)).toEqual(before);
    expect(await released()).toBe(2);
  });

  test('stays while somebody is taking it in again, and is theirs then', async () => {
    const bytes = photo('rocket.jpg');
    await purge(anna, await upload(anna, bytes, 'rocket.jpg'));
    await anHourLater(studio, data_dir);
    // The bytes are here again; the row that needs them is still to come.
    const { Readable } = await import('node:stream');
    await studio.parts.processing.ingest(Readable.from([bytes]), { signal, request: 'r' });
    expect(await sweep()).toBe(0);
    expect(await released()).toBe(2);
    expect(onDisk(data_dir).blobs.size).toBe(2);
    const hers = await upload(eve, bytes, 'rocket.jpg');
    await anHourLater(studio, data_dir);
    expect(await sweep()).toBe(0);
    expect(await released()).toBe(0);
    expect((await eve.call(`/images/${hers}/file`)).status).toBe(200);
  });

  test('that is gone already is forgotten', async () => {
    const row = { id: 'f'.repeat(64), released_at: new Date(0).toISOString() };
    await studio.parts.store.write([{ insert: 'released', row }]);
    await sweep();
    expect(await released()).toBe(0);
  });

  test('is removed once, whoever of several gateways does it', async () => {
    for (const name of ['coffee.png', 'chelsea.png', 'rocket.jpg'])
      await purge(anna, await upload(anna, photo(name), name));
    await anHourLater(studio, data_dir);
    const done = await Promise.all([sweep(), sweep(), sweep()]);
    expect(done.reduce((sum, some) => sum + some, 0)).toBeGreaterThanOrEqual(6);
    expect(onDisk(data_dir).blobs.size).toBe(0);
    expect(await released()).toBe(0);
  });

  test('E8 waits until the processing service is there again', async () => {
    await purge(anna, await upload(anna, photo('rocket.jpg'), 'rocket.jpg'));
    await anHourLater(studio, data_dir);
    await service.stop();
    await expect(sweep()).rejects.toMatchObject({ code: 'processing_unavailable' });
    expect(await released()).toBe(2);
    service = await startPyservice(data_dir, service.port);
    for (let tries = 0; tries < 20 && (await released()) > 0; tries += 1) {
      await sweep().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    expect(await released()).toBe(0);
    expect(onDisk(data_dir).blobs.size).toBe(0);
  }, 120_000);
});
