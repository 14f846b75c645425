/** Versions as callers see them. */
import { Version } from '../../contract/versions.ts';
import type { ImageRow, VersionRow } from '../../store/rows.ts';

export const shown = (row: VersionRow, image: Pick<ImageRow, 'current_version'>): Version =>
  Version.parse({ ...row.rendered, ...row, current: row.id === image.current_version });
