/** Batches, an import, product groups and a webhook, as somebody has them after a while. */
import type { Batch } from '../../backend-node/src/contract/batches.ts';
import type { Import } from '../../backend-node/src/contract/imports.ts';
import { photo, png } from '../backend-node/photos.ts';
import type { Account } from './account.ts';
import type { Shop } from './shop.ts';
import { zipOf } from './tables.ts';

export interface Work {
  readonly account: Account;
  /** Ended, with failed rows. */
  readonly partial: string;
  /** Long enough to be seen running. */
  readonly long: string;
  readonly fetched: string;
}

const MANY = 80;
const POLL_MS = 500;

export const TABLE = Buffer.from(
  [
    'filename,brightness,frame.fill,sku,product_group',
    'coffee.png,1.1,0.9,CUP-01,Cups',
    'chelsea.png,9,,CAT-01,Pets',
    'ghost.png,,,GHO-01,Pets',
    'rocket.jpg,,0.7,ROC-01,Toys',
  ].join('\n'),
);
const PICTURES = ['coffee.png', 'chelsea.png', 'rocket.jpg', 'camera.png', 'coins.png', 'astronaut.png', 'page.png'];

export const autumn = (): Promise<Buffer> =>
  zipOf({
    ...Object.fromEntries(PICTURES.map((name) => [`autumn/${name}`, photo(name)])),
    'autumn/torn.jpg': Buffer.from('this was a picture once'),
    'autumn/products.csv': TABLE,
  });

/** Everything that runs has ended, but for the long one, which is held. */
export async function furnishWork(account: Account, shop: Shop): Promise<Work> {
  const long = await longBatch(account);
  const fetched = await account.call<Import>('POST', '/imports', {
    name: 'mugs.csv',
    rows: [
      ...Array.from({ length: 12 }, (_, at) => ({
        image_url: shop.at(`${at + 1}.png`),
        sku_id: `MUG-${String(Math.floor(at / 3) + 1).padStart(2, '0')}`,
        product_group_id: at < 9 ? 'Mugs' : 'Plates',
      })),
      ...['gone.jpg', 'page.jpg', 'circle.jpg'].map((path) => ({ image_url: shop.at(path), sku_id: 'MUG-09' })),
      { image_url: 'http://10.0.0.1/router.jpg' },
    ],
  });
  const form = new FormData();
  form.set('preset', 'catalog-white');
  form.set('name', 'autumn');
  form.set('zip', new Blob([new Uint8Array(await autumn())], { type: 'application/zip' }), 'autumn.zip');
  const partial = await account.call<Batch>('POST', '/batches/zip', form);
  await ended(account, `/batches/${partial.id}`);
  await ended(account, `/imports/${fetched.id}`);
  await account.call('PUT', '/product-groups/Mugs', { preset: 'catalog-white' });
  await account.call('POST', '/webhooks', { url: 'https://shop.example/hooks/vitrine' });
  return { account, partial: partial.id, long, fetched: fetched.id };
}

async function longBatch(account: Account): Promise<string> {
  const files = Array.from(
    { length: MANY },
    (_, at) => [`Plate ${at + 1}.png`, png(1200, 900, [at * 3, 120, 160])] as const,
  );
  const images = await account.upload(files);
  const ids = images.map(({ id }) => id);
  const { id } = await account.call<Batch>('POST', '/batches', {
    preset: 'denoise',
    name: 'Plates of the winter',
    ids,
  });
  await account.call('POST', `/batches/${id}/pause`);
  const gone = await account.call<Batch>('POST', '/batches', {
    preset: 'denoise',
    name: 'Not these',
    ids: ids.slice(0, 30),
  });
  await account.call('POST', `/batches/${gone.id}/cancel`);
  return id;
}

async function ended(account: Account, path: string): Promise<void> {
  while ((await account.call<Batch | Import>('GET', path)).ended_at === '')
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
}
