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

type FileColumn = 'width' | 'height' | 'bytes' | 'format' | 'blob';
/** Of the file that is told of, where it is not the original. */
export type FileFacts = Readonly<Partial<Record<FileColumn, string | number>>>;

/** Tags are separated by commas, which none of them holds. */
export const cellsOf = (row: ImageRow, file: FileFacts = {}): (string | number)[] => {
  const told = { ...row, tags: row.tags.join(','), ...file };
  return COLUMNS.map((column) => told[column]);
};
