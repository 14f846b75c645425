/** One of each thing that somebody can own. */
import { readFileSync } from 'node:fs';
import type { Collection, Row } from '../../../backend-node/src/store/rows.ts';
import type { Client, Studio } from '../studio.ts';

export interface Things {
  readonly user: string;
  readonly image: string;
  readonly version: string;
  readonly album: string;
  readonly share: string;
  readonly share_token: string;
  readonly recipe: string;
  readonly key: string;
  readonly webhook: string;
  readonly batch: string;
  readonly import: string;
  /** An image in the trash. */
  readonly trashed: string;
  /** The session that `owner` signed in with. */
  readonly session: string;
}

const PHOTO = readFileSync('docs/images/before-after.jpg');

/** No step looks for anything, so that it takes no time. */
export const RECIPE = { steps: [{ operation: 'adjust', params: { brightness: 1.1 } }] };

interface WithId {
  readonly id: string;
}

export async function makeThings(owner: Client): Promise<Things> {
  const image = await upload(owner, 'photo.jpg', PHOTO);
  const trashed = await upload(owner, 'trashed.jpg', Buffer.concat([PHOTO, Buffer.from(owner.id)]));
  await owner.json('DELETE', `/images/${trashed}`, undefined, 204);
  const version = await owner.json<WithId>('POST', `/images/${image}/versions`, { recipe: RECIPE }, 201);
  const album = await owner.json<WithId>('POST', '/albums', { name: 'Shoes' }, 201);
  await owner.json('POST', `/albums/${album.id}/images`, { ids: [image] });
  const share = await owner.json<WithId & { url: string }>('POST', `/albums/${album.id}/shares`, {}, 201);
  const recipe = await owner.json<WithId>('POST', '/recipes', { name: 'Mine', recipe: RECIPE }, 201);
  const key = await owner.json<WithId>('POST', '/api-keys', { name: 'Robot', scopes: ['images:read'] }, 201);
  const batch = await owner.json<WithId>('POST', '/batches', { ids: [image], recipe: RECIPE }, 202);
  const rows = [{ image_url: 'http://127.0.0.1:9/a.png' }];
  const fetched = await owner.json<WithId>('POST', '/imports', { rows }, 202);
  await owner.json('PUT', '/product-groups/mugs', { preset: 'auto' });
  const webhook = await owner.json<WithId>('POST', '/webhooks', { url: 'https://example.com/vitrine' }, 201);
  const sessions = await owner.json<{ items: WithId[] }>('GET', '/me/sessions');
  return {
    user: owner.id,
    image,
    version: version.id,
    album: album.id,
    share: share.id,
    share_token: share.url.split('/').at(-1) ?? '',
    recipe: recipe.id,
    key: key.id,
    webhook: webhook.id,
    batch: batch.id,
    import: fetched.id,
    trashed,
    session: sessions.items[0]?.id ?? '',
  };
}

async function upload(owner: Client, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob([bytes], { type: 'image/jpeg' }), name);
  const answer = await owner.call('/images', { method: 'POST', body: form });
  const { items } = (await answer.json()) as { items: { image?: WithId }[] };
  const id = items[0]?.image?.id;
  if (id === undefined) throw new Error(`the upload of ${name} failed with ${answer.status}`);
  return id;
}

const OWNED: readonly Collection[] = [
  'users',
  'sessions',
  'api_keys',
  'images',
  'versions',
  'recipes',
  'albums',
  'shares',
  'webhooks',
  'jobs',
  'items',
  'product_groups',
  'deliveries',
  'journal',
];

/** Everything of an account as text, to see whether anything has changed. */
export async function everythingOf({ parts }: Studio, owner: string): Promise<string> {
  const rows: Row[] = [];
  for (const collection of OWNED) {
    for await (const row of parts.store.all(collection)) {
      if (row.id === owner || ('owner' in row && row.owner === owner)) rows.push(row);
    }
  }
  return JSON.stringify(rows, undefined, 1);
}
