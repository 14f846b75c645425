import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UploadItem } from '../../../../backend-node/src/contract/image-upload.ts';
import { GatewayError } from '../../../../backend-node/src/errors.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';

let studio: Studio;
let anna: Client;

beforeAll(async () => {
  studio = await startStudio();
  anna = await studio.signUp('anna');
});
afterAll(() => studio.stop());

interface Added {
  readonly items: UploadItem[];
}

const statusesOf = ({ items }: Added): Set<string> => new Set(items.map(({ status }) => status));

test('the samples are images with a name, a SKU and a tag, and come once', async () => {
  const first = await anna.json<Added>('POST', '/images/samples', undefined, 201);
  expect(first.items.length).toBeGreaterThanOrEqual(6);
  expect(statusesOf(first)).toEqual(new Set(['created']));
  expect(first.items[0]?.image).toMatchObject({ name: 'coffee.jpg', sku: 'CUP-001', tags: ['sample'], format: 'jpeg' });
  const second = await anna.json<Added>('POST', '/images/samples', undefined, 200);
  expect(statusesOf(second)).toEqual(new Set(['duplicate']));
  expect(second.items.map(({ image }) => image?.id)).toEqual(first.items.map(({ image }) => image?.id));
  const found = await anna.json<{ items: object[] }>('GET', '/images?tag=sample');
  expect(found.items).toHaveLength(first.items.length);
});

test('those in the trash come back', async () => {
  const { items } = await anna.json<Added>('POST', '/images/samples', undefined, 200);
  const id = items[0]?.image?.id ?? '';
  await anna.json('DELETE', `/images/${id}`, undefined, 204);
  await anna.json('POST', '/images/samples', undefined, 200);
  expect(await anna.json('GET', `/images/${id}`)).toMatchObject({ state: 'active' });
});

test('everybody has samples of their own', async () => {
  const ben = await studio.signUp('ben');
  const [his, hers] = [
    await ben.json<Added>('POST', '/images/samples', undefined, 201),
    await anna.json<Added>('POST', '/images/samples', undefined, 200),
  ];
  expect(his.items[0]?.image?.id).not.toBe(hers.items[0]?.image?.id);
});

test('one that fails does not fail the others', async () => {
  const carl = await studio.signUp('carl');
  const { processing } = studio.parts;
  const sample = processing.sample.bind(processing);
  processing.sample = (name, asking) =>
    name === 'coins' ? Promise.reject(new GatewayError('storage_full', 'no room')) : sample(name, asking);
  try {
    const { items } = await carl.json<Added>('POST', '/images/samples', undefined, 201);
    const failed = items.filter(({ status }) => status === 'failed');
    expect(failed).toMatchObject([{ name: 'coins.jpg', problem: { code: 'storage_full' } }]);
    expect(items.filter(({ status }) => status === 'created')).toHaveLength(items.length - 1);
  } finally {
    processing.sample = sample;
  }
});
