/** The columns of exported tables, in their order. */
import type { ImageRow } from '../../store/rows.ts';

const COLUMNS = [
  'id',
  'name',
  'title',
  'sku',
  'product_group',
  'tags',
  'state',
  'review_state',
  'score',
  'width',
  'height',
  'bytes',
  'format',
  'uploaded_at',
  'blob',
] as const satisfies readonly (keyof ImageRow)[];

export const HEADINGS: readonly string[] = COLUMNS;

/** Tags are separated by commas, which none of them holds. */
export const cellsOf = (row: ImageRow): (string | number)[] =>
  COLUMNS.map((column) => (column === 'tags' ? row.tags.join(',') : row[column]));
