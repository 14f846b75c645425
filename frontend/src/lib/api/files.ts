/** Addresses of pictures. They carry no token: the browser sends the view cookie. */
import type { Image } from '../../../../backend-node/src/contract/image.ts';
import { addressOf, type QueryOf } from './call.ts';

type Variant = NonNullable<QueryOf<'get /images/:id/file'>['variant']>;
type Seen = Pick<Image, 'id' | 'blob' | 'current_version'>;

const FILE = '/images/:id/file';

/** What an image shows now: its current version, or the original. Changes with it, so browsers may keep it for ever. */
export const shownUrl = ({ id, blob, current_version }: Seen, variant: 'thumb' | 'preview'): string =>
  addressOf(FILE, { params: { id }, query: { variant, v: current_version || blob.slice(0, 16) } });

/** The original as every browser shows it, whatever is current and whatever its format. */
export const originalShownUrl = ({ id, blob }: Pick<Image, 'id' | 'blob'>, variant: 'thumb' | 'preview'): string =>
  addressOf(FILE, { params: { id }, query: { variant, version: 'original', v: blob.slice(0, 16) } });

/** The thumb of an original that nothing but the id is known of. What an image was uploaded as never changes. */
export const originalThumbUrl = (id: string): string =>
  addressOf(FILE, { params: { id }, query: { variant: 'thumb', version: 'original', v: 'original' } });

/** A file of one version. */
export const versionUrl = (id: string, version: string, variant: 'thumb' | 'preview' | 'version' | 'mask'): string =>
  addressOf(FILE, { params: { id }, query: { variant, version, v: version } });

/** The uploaded file. Browsers show some formats only: see isShowable. */
export const originalUrl = ({ id, blob }: Pick<Image, 'id' | 'blob'>): string =>
  addressOf(FILE, { params: { id }, query: { variant: 'original', v: blob.slice(0, 16) } });

const SHOWABLE: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'avif', 'gif']);

export const isShowable = ({ format }: Pick<Image, 'format'>): boolean => SHOWABLE.has(format);

/** To be saved under the name of the image. version: of one version rather than the current one. */
export const downloadUrl = (id: string, variant: Variant, version?: string): string =>
  addressOf(FILE, { params: { id }, query: { variant, version, download: 'true' } });
