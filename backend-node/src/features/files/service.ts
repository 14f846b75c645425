/** Which bytes a caller means. */
import type { z } from 'zod';
import type { filesRoutes } from '../../contract/image-files.ts';
import { notFound } from '../../errors.ts';
import type { Context } from '../../http/call.ts';
import { downloadName } from '../../http/file-names.ts';
import type { Processing } from '../../processing/processing.ts';
import { owned } from '../../store/owned.ts';
import { originalOf, resultOf, versionOf, type Picture } from '../../store/pictures.ts';
import type { ImageRow } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';

export interface FileParts {
  readonly store: Store;
  readonly processing: Processing;
}

type Wish = Omit<z.output<typeof filesRoutes.getImageFile.query>, 'v'>;

export interface File extends Picture {
  readonly download?: string;
}

/** Throws not_found for what is another's, or not there. */
export async function fileOf(parts: FileParts, context: Context, id: string, wish: Wish): Promise<File> {
  const image = await owned(parts.store, 'images', id, context.who.id);
  const picture = await chosen(parts.store, image, wish);
  const { blob, mime } = wish.variant === 'preview' ? await parts.processing.displayed(picture.blob, context) : picture;
  // An original is never shown in place: it is whatever a stranger sent.
  const saved = wish.download === true || wish.variant === 'original';
  return { blob, mime, ...(saved && { download: downloadName(image.name, mime) }) };
}

async function chosen(store: Store, image: ImageRow, { variant, version: asked }: Wish): Promise<Picture> {
  if (variant === 'original') return originalOf(image);
  const id = asked ?? image.current_version;
  const version = id === '' || id === 'original' ? undefined : await versionOf(store, image, id);
  if (variant === 'thumb') return { blob: version?.thumb ?? image.thumb, mime: 'image/jpeg' };
  if (variant === 'preview' && !version) return originalOf(image);
  if (!version) throw notFound('a version of this image');
  if (variant === 'version' || variant === 'preview') return resultOf(version);
  if (version.mask_blob === '') throw notFound('a mask of this version');
  return { blob: version.mask_blob, mime: 'image/png' };
}
