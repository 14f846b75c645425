/** A spreadsheet saved as text, as far as a page looks into it: the gateway is who reads it in the end. */

/** One row. number: as a spreadsheet program shows it, the first is 1. */
export interface CsvRow {
  readonly number: number;
  readonly cells: readonly string[];
}

const DELIMITERS = [',', ';', '\t'] as const;

/** Text of UTF-8, UTF-16 or Windows-1252, without a byte order mark. */
export function textOf(bytes: Uint8Array): string {
  const [first = -1, second = -1] = bytes;
  if ((first === 0xff && second === 0xfe) || (first > 0 && second === 0)) return decoded(bytes, 'utf-16le');
  if ((first === 0xfe && second === 0xff) || (first === 0 && second > 0)) return decoded(bytes, 'utf-16be');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return decoded(bytes, 'windows-1252');
  }
}

const decoded = (bytes: Uint8Array, encoding: string): string => new TextDecoder(encoding).decode(bytes);

/** Rows with something in them, in order. Commas, semicolons or tabs separate cells, whichever the first row has. */
export function* rowsOfCsv(text: string): Generator<CsvRow> {
  const { delimiter, start } = dialectOf(text);
  const cell = cellOf(delimiter);
  cell.lastIndex = start;
  let cells: string[] = [];
  for (let number = start === 0 ? 1 : 2; cell.lastIndex < text.length;) {
    const [, quoted, plain = '', end] = cell.exec(text) ?? [];
    cells.push((quoted?.replaceAll('""', '"') ?? plain).trim());
    if (end === delimiter && cell.lastIndex < text.length) continue;
    if (cells.some((each) => each !== '')) yield { number, cells };
    cells = [];
    number += 1;
  }
}

/** A quoted cell or a plain one, and what ends it. It matches wherever it begins. */
function cellOf(delimiter: string): RegExp {
  const code = `\\u${delimiter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const rest = `[^${code}\\r\\n]*`;
  return new RegExp(`(?:"([^"]*(?:""[^"]*)*)"?${rest}|(${rest}))(${code}|\\r\\n|\\n|\\r|$)`, 'y');
}

interface Dialect {
  readonly delimiter: string;
  readonly start: number;
}

/** Programs may write their separator into a line of its own: sep=; */
function dialectOf(text: string): Dialect {
  const [named = '', separator] = /^"?sep=([^\w\s]|\t)"?\r?\n/i.exec(text) ?? [];
  if (separator !== undefined) return { delimiter: separator, start: named.length };
  const header = /^.*\S.*$/m.exec(text)?.[0].replace(/"[^"]*"/g, '') ?? '';
  const counts = DELIMITERS.map((each) => header.split(each).length);
  return { delimiter: DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',', start: 0 };
}

/** What separates its cells. */
export const delimiterOf = (text: string): string => dialectOf(text).delimiter;

/** Names of the columns in lower case. */
export const headerOf = ({ cells }: CsvRow): readonly string[] => cells.map((cell) => cell.toLowerCase());
