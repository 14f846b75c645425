/** A shared picture: its shape, its files, and what it is called when saved. */
import { nameOf } from '../../lib/data/name-of.ts';
import type { StagePicture } from '../../ui/stage/zoom-stage.tsx';
import { sharedUrl, type SharedImage, type SharedVariant } from './queries.ts';

/** Without its ending: browsers add that of what they get. */
export const stemOf = (name: string): string => name.replace(/\.[A-Za-z0-9]{1,5}$/, '');

/** Originals may be of a format that browsers do not show. */
const SHOWABLE = /\.(?:jpe?g|png|webp|avif|gif)$/i;

export function finestOf({ name, variants }: Pick<SharedImage, 'name' | 'variants'>): SharedVariant {
  if (variants.includes('version')) return 'version';
  return variants.includes('original') && SHOWABLE.test(name) ? 'original' : 'thumb';
}

export function pictureOf(token: string, image: SharedImage): StagePicture {
  const { id, width, height, thumbhash } = image;
  const variants = [...new Set<SharedVariant>(['thumb', finestOf(image)])];
  const sources = variants.map((variant) => sharedUrl(token, id, variant));
  return { key: id, alt: nameOf(image), width, height, thumbhash, sources };
}

/** Panoramas and towers keep a place that is worth looking at. */
const NARROWEST = 0.5;
const WIDEST = 2.5;

export const ratioOf = (width: number, height: number): number =>
  width > 0 && height > 0 ? Math.min(WIDEST, Math.max(NARROWEST, width / height)) : 1;
