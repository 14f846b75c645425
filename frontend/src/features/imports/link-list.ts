/** A list of addresses with what the shop knows of them: a spreadsheet, or JSON. */
import { headerOf, rowsOfCsv, textOf } from '../../lib/csv.ts';
import { MOST_LINKS, type ImportWish } from '../../lib/data/imports.ts';
import { isAddress } from './addresses.ts';
import { words } from './words.ts';

type Row = NonNullable<ImportWish['rows']>[number];
export type ListProblem = keyof typeof words.list.problems;

export interface LinkList {
  readonly file: File;
  /** table: the gateway reads the file itself. */
  readonly kind: 'table' | 'rows';
  /** Of JSON. */
  readonly rows: readonly Row[];
  readonly count: number;
  /** How many rows will fail, and why the first of them. */
  readonly bad: number;
  readonly complaints: readonly string[];
  /** Why it cannot be used at all. */
  readonly problem: ListProblem | undefined;
}

const MOST_BYTES = 32_000_000;
const MOST_COMPLAINTS = 5;
const URL_NAMES = ['image_url', 'url'];

export async function readList(file: File): Promise<LinkList> {
  const kind = /\.json$/i.test(file.name) || file.type === 'application/json' ? 'rows' : 'table';
  const nothing = { file, kind, rows: [], count: 0, bad: 0, complaints: [] } as const;
  if (file.size > MOST_BYTES) return { ...nothing, problem: 'tooLarge' };
  const text = textOf(new Uint8Array(await file.arrayBuffer()));
  const read = kind === 'rows' ? fromJson(text) : fromTable(text);
  const problem = read.problem ?? sizeProblem(read.count);
  return { ...nothing, ...read, problem };
}

type Read = Pick<LinkList, 'rows' | 'count' | 'bad' | 'complaints' | 'problem'>;

const failed = (problem: ListProblem): Read => ({ rows: [], count: 0, bad: 0, complaints: [], problem });

function sizeProblem(count: number): ListProblem | undefined {
  if (count === 0) return 'empty';
  return count > MOST_LINKS ? 'tooMany' : undefined;
}

function fromTable(text: string): Read {
  if (text.includes('\0')) return failed('noText');
  const lines = rowsOfCsv(text);
  const first = lines.next();
  const at = first.done === true ? -1 : headerOf(first.value).findIndex((name) => URL_NAMES.includes(name));
  if (at === -1) return failed('noColumn');
  const complaints = new Complaints(words.list.row);
  let count = 0;
  for (const { number, cells } of lines) {
    count += 1;
    complaints.judge(number, cells[at] ?? '');
  }
  return { rows: [], count, ...complaints.told(), problem: undefined };
}

function fromJson(text: string): Read {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return failed('json');
  }
  if (!Array.isArray(list)) return failed('noList');
  const complaints = new Complaints(words.list.item);
  const rows = list.map((item: unknown, at) => {
    const row = rowOf(item);
    if (row) complaints.judge(at + 1, row.image_url);
    else complaints.add(at + 1, words.list.noObject);
    return row ?? { image_url: '' };
  });
  return { rows, count: rows.length, ...complaints.told(), problem: undefined };
}

/** An address by itself, or an object in the words of the spreadsheet. What else it holds is of no use here. */
function rowOf(item: unknown): Row | undefined {
  if (typeof item === 'string') return { image_url: item.trim() };
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return undefined;
  const given = new Map(Object.entries(item).map(([name, value]) => [name.toLowerCase(), textIn(value)]));
  const any = (...names: readonly string[]) => names.map((name) => given.get(name)).find(Boolean);
  const facts = {
    sku_id: any('sku_id', 'sku'),
    product_group_id: any('product_group_id', 'product_group'),
    image_type: any('image_type'),
  };
  return {
    image_url: any(...URL_NAMES) ?? '',
    ...Object.fromEntries(Object.entries(facts).filter(([, text]) => text)),
  };
}

/** SKUs are often written as numbers. */
const textIn = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

class Complaints {
  readonly #say: (number: number, reason: string) => string;
  readonly #said: string[] = [];
  #bad = 0;

  constructor(say: (number: number, reason: string) => string) {
    this.#say = say;
  }

  judge(number: number, url: string): void {
    if (url === '') this.add(number, words.list.noAddress);
    else if (!isAddress(url)) this.add(number, words.list.wrongAddress(shortened(url)));
  }

  add(number: number, reason: string): void {
    this.#bad += 1;
    if (this.#said.length < MOST_COMPLAINTS) this.#said.push(this.#say(number, reason));
  }

  told(): { readonly bad: number; readonly complaints: readonly string[] } {
    return { bad: this.#bad, complaints: this.#said };
  }
}

const LONGEST = 60;
const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);
