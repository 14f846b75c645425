/** Images for tests, without uploading each. */
import { createHash } from 'node:crypto';
import type { Image } from '../../../../backend-node/src/contract/image.ts';
import { newId } from '../../../../backend-node/src/ids.ts';
import type { ImageRow, VersionRow } from '../../../../backend-node/src/store/rows.ts';
import { versionShown } from '../../../../backend-node/src/store/shown.ts';
import { wordsOf } from '../../../../backend-node/src/store/words.ts';
import { formOf, png } from '../../photos.ts';
import { image } from '../../store/sample.ts';
import type { Client, Studio } from '../../studio.ts';

export interface Page {
  items: Image[];
  nextCursor: string | null;
  total?: number;
}

/** A row of an image whose blob is nowhere. */
export async function remembered(studio: Studio, owner: string, about: Partial<ImageRow> = {}): Promise<ImageRow> {
  const id = newId();
  const blob = createHash('sha256').update(id).digest('hex');
  const row: ImageRow = {
    ...image(id, { owner, blob, thumb: blob, blobs: [blob], name: 'mug.jpg', facts: { mime: 'image/jpeg' } }),
    uploaded_at: new Date().toISOString(),
    score: -1,
    revision: 1,
    ...about,
  };
  const words = wordsOf(row.name, row.title, row.sku, row.product_group, ...row.tags, ...row.objects);
  await studio.parts.store.write([{ insert: 'images', row: { ...row, words } }]);
  return { ...row, words };
}

/** A version whose picture and mask are the originals of two other images; it is the current one. */
export async function rendered(
  studio: Studio,
  image: Image,
  picture: Image,
  mask: Image | undefined,
): Promise<VersionRow> {
  const { store } = studio.parts;
  const [row, from] = [await store.get('images', image.id), await store.get('images', picture.id)];
  if (!row || !from) throw new Error('Expected images that are stored');
  const version: VersionRow = {
    id: newId(),
    revision: 1,
    owner: row.owner,
    image: row.id,
    number: 1,
    created_at: new Date().toISOString(),
    created_by: row.owner,
    preset: '',
    recipe: {},
    blob: from.blob,
    mask_blob: mask?.blob ?? '',
    source_mask_blob: '',
    thumb: from.thumb,
    blobs: [from.blob, from.thumb, ...(mask ? [mask.blob] : [])],
    review_state: 'pending',
    rendered: {
      mime: from.facts['mime'],
      width: from.width,
      height: from.height,
      bytes: from.bytes,
      thumbhash: from.thumbhash,
    },
  };
  const next = {
    ...row,
    current_version: version.id,
    versions: 1,
    review_state: 'pending',
    shown: versionShown(version),
  };
  await store.write([
    { insert: 'versions', row: version },
    { update: 'images', row: next },
  ]);
  return version;
}

let colours = 0;

/** A picture that nobody uploaded before. */
export async function uploaded(client: Client, name = 'mug.png', bytes?: Uint8Array<ArrayBuffer>): Promise<Image> {
  colours += 1;
  const form = formOf([[name, bytes ?? png(60 + (colours % 100), 40, [colours % 256, 120, colours >> 8])]]);
  const answer = await client.call('/images', { method: 'POST', body: form });
  const { items } = (await answer.json()) as { items: { image?: Image }[] };
  const image = items[0]?.image;
  if (!image) throw new Error(`Expected an image, received ${answer.status}`);
  return image;
}
