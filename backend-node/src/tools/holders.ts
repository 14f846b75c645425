/** Which pictures, versions and recipes blobs belong to: for people who are told that some are damaged. */
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { lots } from '../store/lots.ts';
import type { ImageRow, RecipeRow, VersionRow } from '../store/rows.ts';
import { every, type Store } from '../store/store.ts';

const AT_ONCE = 100;

/** id and name: of the image, or of the recipe. */
interface Holder {
  readonly blob: string;
  /** original, thumb, recipe, or what of which version: version 2, mask of version 2, … */
  readonly what: string;
  readonly id: string;
  readonly name: string;
}

/** A line for each row that holds one of the blobs; ids come one a line. */
export async function* holders(store: Store, ids: Readable): AsyncGenerator<string> {
  for await (const lot of lots(createInterface({ input: ids }), AT_ONCE)) {
    for await (const holder of holdersOf(store, new Set(lot))) yield `${JSON.stringify(holder)}\n`;
  }
}

async function* holdersOf(store: Store, wanted: ReadonlySet<string>): AsyncGenerator<Holder> {
  const where = { blobs: { has_any: [...wanted] } };
  for await (const row of every(store, 'images', { where })) {
    yield* among(row.blobs, wanted, row, (blob) => partOfImage(row, blob));
  }
  for await (const row of every(store, 'versions', { where })) {
    const image = await store.get('images', row.image);
    const about = { id: row.image, name: image?.name ?? '' };
    yield* among(row.blobs, wanted, about, (blob) => partOfVersion(row, blob));
  }
  for await (const row of every(store, 'recipes', { where })) yield* among(row.blobs, wanted, row, () => 'recipe');
}

function* among(
  blobs: readonly string[],
  wanted: ReadonlySet<string>,
  { id, name }: Pick<ImageRow | RecipeRow, 'id' | 'name'>,
  what: (blob: string) => string,
): Generator<Holder> {
  for (const blob of blobs) if (wanted.has(blob)) yield { blob, what: what(blob), id, name };
}

const partOfImage = (row: ImageRow, blob: string): string => (blob === row.thumb ? 'thumb' : 'original');

function partOfVersion(row: VersionRow, blob: string): string {
  const version = `version ${row.number}`;
  if (blob === row.blob) return version;
  if (blob === row.thumb) return `thumb of ${version}`;
  if (blob === row.mask_blob || blob === row.source_mask_blob) return `mask of ${version}`;
  return `picture in the recipe of ${version}`;
}
