/** Rows of versions: what pyservice answers becomes one, and the image may show it. */
import { newId, now } from '../ids.ts';
import type { Rendered } from '../processing/shapes.ts';
import { blobsIn } from '../store/held-blobs.ts';
import type { ImageRow, VersionRow } from '../store/rows.ts';
import { originalShown, versionShown } from '../store/shown.ts';

/** A result of pyservice on its way to become a version. */
export interface Made {
  readonly rendered: Rendered;
  /** Of the preset or saved recipe; '' where there is none. */
  readonly preset: string;
  readonly current: boolean;
  /** Where it has one already. */
  readonly id?: string;
  /** More blobs that shall stay with it. */
  readonly blobs?: readonly string[];
}

export function versionRow(image: ImageRow, number: number, by: string, made: Made): Omit<VersionRow, 'revision'> {
  const { blob, mask_blob, source_mask_blob, thumb, recipe, review_state, ...rendered } = made.rendered;
  const named = {
    blob,
    mask_blob: mask_blob ?? '',
    source_mask_blob: source_mask_blob ?? '',
    thumb,
  };
  const blobs = [...Object.values(named), ...blobsIn(recipe.steps), ...(made.blobs ?? [])];
  return {
    id: made.id ?? newId(),
    owner: image.owner,
    image: image.id,
    number,
    created_at: now(),
    created_by: by,
    preset: made.preset,
    recipe,
    ...named,
    blobs: [...new Set(blobs)].filter((one) => one !== ''),
    review_state,
    rendered,
  };
}

/** What an image tells of its current version; of the original where there is none. */
export const currentFields = (
  image: ImageRow,
  version: Pick<VersionRow, 'id' | 'review_state' | 'rendered'> | undefined,
) => {
  const quality = version?.rendered['quality_after'];
  return {
    current_version: version?.id ?? '',
    review_state: version?.review_state ?? 'original',
    score: typeof quality === 'number' ? quality : -1,
    shown: version ? versionShown(version) : originalShown(image),
  };
};
