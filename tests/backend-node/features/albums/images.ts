import { newId } from '../../../../backend-node/src/ids.ts';
import type { ImageRow } from '../../../../backend-node/src/store/rows.ts';
import { image } from '../../store/sample.ts';
import type { Client, Studio } from '../../studio.ts';

/** Rows of images, without files, oldest first; their ids. */
export async function addImages(
  studio: Studio,
  owner: Client,
  count: number,
  given: Partial<ImageRow> = {},
): Promise<readonly string[]> {
  const start = Date.UTC(2026, 0, 1);
  const rows = Array.from({ length: count }, (_, at) =>
    image(newId(), { owner: owner.id, uploaded_at: new Date(start + at).toISOString(), ...given }),
  );
  await studio.parts.store.write(rows.map((row) => ({ insert: 'images', row })));
  return rows.map(({ id }) => id);
}
