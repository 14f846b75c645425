/** Images of version 1 did not tell the size of what they show. */
import type { Migration } from './migrations.ts';
import type { ImageRow, Shown, VersionRow } from './rows.ts';
import { originalShown, versionShown } from './shown.ts';

/** Versions come before their images. */
export function showingImages(): Migration {
  const versions = new Map<string, Shown>();
  return (collection, row) => {
    if (collection === 'versions') versions.set(row.id, versionShown(row as VersionRow));
    if (collection !== 'images' || 'shown' in row) return row;
    const image = row as ImageRow;
    return { ...image, shown: versions.get(image.current_version) ?? originalShown(image) };
  };
}
