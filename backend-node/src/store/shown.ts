/** What an image shows: its current version, or the original where there is none. */
import { z } from 'zod';
import type { ImageRow, Shown, VersionRow } from './rows.ts';

/** A version may have no thumbhash. */
const Rendered = z.object({ width: z.int(), height: z.int(), thumbhash: z.string().catch('') });

export function originalShown({ width, height, thumbhash }: Pick<ImageRow, 'width' | 'height' | 'thumbhash'>): Shown {
  return { width, height, thumbhash };
}

export const versionShown = ({ rendered }: Pick<VersionRow, 'rendered'>): Shown => Rendered.parse(rendered);
