/** Which bytes a caller means. */
import type { z } from 'zod';
import type { filesRoutes } from '../../contract/image-files.ts';
import { notFound } from '../../errors.ts';
import type { Who } from '../../http/call.ts';
import { downloadName } from '../../http/file-names.ts';
import type { Processing } from '../../processing/processing.ts';
import { owned } from '../../store/owned.ts';
import type { ImageRow, VersionRow } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';

export interface FileParts {
  readonly store: Store;
  readonly processing: Processing;
}

type Wish = Omit<z.output<typeof filesRoutes.getImageFile.query>, 'v'>;

export interface File {
  readonly blob: string;
  readonly mime: string;
  readonly download?: string;
}

/** Throws not_found for what is another's, or not there. */
export async function fileOf({ store }: FileParts, { id: owner }: Who, id: string, wish: Wish): Promise<File> {
  const image = await owned(store, 'images', id, owner, 'an image');
  const { blob, mime } = await chosen(store, image, wish);
  // An original is never shown in place: it is whatever a stranger sent.
  const saved = wish.download === true || wish.variant === 'original';
  return { blob, mime, ...(saved && { download: downloadName(image.name, mime) }) };
}

async function chosen(store: Store, image: ImageRow, { variant, version: asked }: Wish): Promise<File> {
  if (variant === 'original') return { blob: image.blob, mime: textOf(image.facts['mime']) };
  const version = await versionOf(store, image, asked ?? image.current_version);
  if (variant === 'thumb') return { blob: version?.thumb ?? image.thumb, mime: 'image/jpeg' };
  if (!version) throw notFound('a version of this image');
  if (variant === 'version') return { blob: version.blob, mime: textOf(version.rendered['mime']) };
  if (version.mask_blob === '') throw notFound('a mask of this version');
  return { blob: version.mask_blob, mime: 'image/png' };
}

/** Undefined where none is asked for. Throws not_found. */
async function versionOf(store: Store, image: ImageRow, id: string): Promise<VersionRow | undefined> {
  if (id === '') return undefined;
  const version = await owned(store, 'versions', id, image.owner, 'a version of this image');
  if (version.image !== image.id) throw notFound('a version of this image');
  return version;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
