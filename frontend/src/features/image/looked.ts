/** What of a picture is looked at: what it shows now, another version, or the original. */
import { isShowable, originalShownUrl, originalUrl, shownUrl, versionUrl } from '../../lib/api/files.ts';
import type { Image } from '../../lib/data/images.ts';
import { nameOf } from '../../lib/data/name-of.ts';
import type { StagePicture } from '../../ui/stage/zoom-stage.tsx';
import type { Version } from './queries.ts';

export const ORIGINAL = 'original';

export type Looked =
  | { readonly kind: 'original'; readonly current: boolean }
  | { readonly kind: 'version'; readonly current: boolean; readonly version: Version }
  /** It is shown, but its version is not read yet. */
  | { readonly kind: 'unread'; readonly current: true };

/** asked: id of a version, or 'original'. Anything else means what is shown now. */
export function lookedAt(asked: string | null, image: Image, versions: readonly Version[]): Looked {
  if (asked === ORIGINAL) return { kind: 'original', current: image.current_version === '' };
  const named = versions.find(({ id }) => id === asked);
  const version = named ?? versions.find(({ id }) => id === image.current_version);
  if (version) return { kind: 'version', version, current: version.id === image.current_version };
  return image.current_version === '' ? { kind: 'original', current: true } : { kind: 'unread', current: true };
}

export function stagePicture(image: Image, looked: Looked): StagePicture {
  const alt = nameOf(image);
  if (looked.kind === 'original' && !looked.current) return originalPicture(image);
  if (looked.kind === 'version' && !looked.current) return versionPicture(image, looked.version);
  const { id, current_version, shown } = image;
  return {
    key: id + current_version,
    alt,
    ...shown,
    sources: [shownUrl(image, 'thumb'), shownUrl(image, 'preview')],
    full: current_version === '' ? fullOriginal(image) : versionUrl(id, current_version, 'version'),
  };
}

export const originalPicture = (image: Image): StagePicture => ({
  key: image.id + ORIGINAL,
  alt: nameOf(image),
  width: image.width,
  height: image.height,
  thumbhash: image.thumbhash,
  sources: [originalShownUrl(image, 'thumb'), originalShownUrl(image, 'preview')],
  full: fullOriginal(image),
});

const versionPicture = (image: Image, { id, width, height, thumbhash }: Version): StagePicture => ({
  key: image.id + id,
  alt: nameOf(image),
  width,
  height,
  thumbhash,
  sources: [versionUrl(image.id, id, 'thumb'), versionUrl(image.id, id, 'preview')],
  full: versionUrl(image.id, id, 'version'),
});

const fullOriginal = (image: Image): string | undefined => (isShowable(image) ? originalUrl(image) : undefined);
