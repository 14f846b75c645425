/** result.csv: what became of each picture, the same columns as `vitrine process` writes. */
import { csvLine } from '../../http/csv.ts';
import { numberIn, textIn } from '../../ledger/shown.ts';
import type { ItemRow } from '../../store/rows.ts';
import { ItemWish } from './wish.ts';

export const RESULT_COLUMNS = [
  'filename',
  'processed_path',
  'mask_path',
  'brightness',
  'contrast',
  'sharpness',
  'fill_ratio',
  'fill_longest_side',
  'fill_mask_area',
  'fill_limited',
  'width',
  'height',
  'bytes',
  'quality_before',
  'quality_after',
  'review_state',
  'channel_failures',
  'elapsed_ms',
  'status',
  'error',
  'sku',
  'product_group',
  'warnings',
] as const;

/** Where the files of an item are; '' where there are none. */
export interface Files {
  readonly picture: string;
  readonly mask: string;
}

type Cells = readonly (string | number)[];

const STATUS = { done: 'ok', failed: 'failed', waiting: 'waiting', running: 'running' } as const;

export function resultCells(item: ItemRow, { picture, mask }: Files): Cells {
  const { sku, product_group } = ItemWish.parse(item.wish);
  const own: Readonly<Record<string, string | number>> = {
    filename: item.name,
    processed_path: picture,
    mask_path: mask,
    status: STATUS[item.state],
    error: item.state === 'failed' ? item.message : '',
    sku,
    product_group,
  };
  return RESULT_COLUMNS.map((column) => own[column] ?? told(item.outcome, column));
}

function told(outcome: ItemRow['outcome'], column: string): string | number {
  const value = outcome[column];
  if (typeof value === 'boolean') return String(value);
  return numberIn(outcome, column) ?? textIn(outcome, column);
}

/**
 * Lines of the table. It begins with a byte order mark where there are letters beyond ASCII, without which Excel garbles
 * them; and without one otherwise, so that a script that knows of no mark finds the column filename.
 */
export async function* resultTable<T>(
  rows: Iterable<T> | AsyncIterable<T>,
  cellsOf: (row: T) => Cells,
): AsyncGenerator<string> {
  const lines = [csvLine(RESULT_COLUMNS)];
  for await (const row of rows) lines.push(csvLine(cellsOf(row)));
  const isAscii = lines.every((line) => ASCII.test(line));
  if (!isAscii) yield '\ufeff';
  yield* lines;
}

// eslint-disable-next-line no-control-regex
const ASCII = /^[\u0000-\u007f]*$/;
