/** What can be told of a spreadsheet before it is sent. */
import { useQuery } from '@tanstack/react-query';
import { headerOf, rowsOfCsv, textOf } from '../../lib/csv.ts';
import { sameness } from './picked.ts';

/** What keeps it from being used at all. links: it lists addresses, and belongs to an import. */
export type TableProblem = 'too-large' | 'no-text' | 'no-filename' | 'links';

export interface TableFacts {
  /** Without the header. */
  readonly rows: number;
  readonly problem: TableProblem | undefined;
}

const MOST_BYTES = 32_000_000;
const LINKS = ['image_url', 'url'];

export async function factsOf(table: File): Promise<TableFacts> {
  if (table.size > MOST_BYTES) return { rows: 0, problem: 'too-large' };
  const text = textOf(new Uint8Array(await table.arrayBuffer()));
  if (text.includes('\0')) return { rows: 0, problem: 'no-text' };
  const rows = rowsOfCsv(text);
  const first = rows.next();
  const names = first.done === true ? [] : headerOf(first.value);
  if (!names.includes('filename'))
    return { rows: 0, problem: LINKS.some((name) => names.includes(name)) ? 'links' : 'no-filename' };
  return { rows: [...rows].length, problem: undefined };
}

/** Read once, whoever asks. */
export const useTableFacts = (table: File | undefined) =>
  useQuery({
    queryKey: ['tables', table ? sameness({ file: table }) : ''],
    queryFn: () => (table ? factsOf(table) : { rows: 0, problem: undefined }),
    enabled: table !== undefined,
    staleTime: Infinity,
    networkMode: 'always',
  });
