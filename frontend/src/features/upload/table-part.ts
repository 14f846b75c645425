/** A spreadsheet as chosen, or its rows for some of the pictures alone. */
import { delimiterOf, headerOf, rowsOfCsv, textOf } from '../../lib/csv.ts';

/** paths: of the pictures whose rows are wanted; undefined for all of it. */
export async function tableOf(table: File, paths: readonly string[] | undefined): Promise<Blob> {
  if (!paths) return table;
  const text = textOf(new Uint8Array(await table.arrayBuffer()));
  // As it was: where semicolons separate cells, 1,5 means 1.5.
  const delimiter = delimiterOf(text);
  const rows = [...rowsOfCsv(text)];
  const at = rows[0] ? headerOf(rows[0]).indexOf('filename') : -1;
  const wanted = new Set(paths.map(bareOf));
  const kept = rows.filter(({ cells }, index) => index === 0 || wanted.has(bareOf(cells[at] ?? '')));
  return new Blob([kept.map(({ cells }) => cells.map(quoted).join(delimiter)).join('\n')], { type: 'text/csv' });
}

/** The name without folders, whatever its slashes, accents and case. */
const bareOf = (path: string): string =>
  path.replaceAll('\\', '/').split('/').at(-1)?.normalize('NFC').toLowerCase() ?? '';

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
