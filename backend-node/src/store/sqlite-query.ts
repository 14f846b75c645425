/** Queries as SQL. Names of fields were checked by conditions.ts; values are always bound, never spliced. */
import { indexesOf, listsOf, wordsFieldOf, type Index } from './collections.ts';
import type { Asked, Scalar, Test } from './conditions.ts';
import type { Collection } from './rows.ts';

export interface Sql {
  readonly text: string;
  readonly values: readonly Scalar[];
}

const BEYOND_LETTERS = '\u{10ffff}';

const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

const joined = (parts: readonly Sql[], between: string): Sql => ({
  text: parts.map(({ text }) => text).join(between),
  values: parts.flatMap(({ values }) => values),
});

export const indexName = (collection: Collection, { fields }: Index): string =>
  `${collection}__by_${fields.join('_and_')}`;
export const listName = (collection: Collection, list: string): string => `${collection}__of_${list}`;

/** Fields of indexes are columns; the others are read from the document. */
export function columnsOf(collection: Collection): readonly string[] {
  const fields = new Set(indexesOf(collection).flatMap((index) => index.fields));
  return [...fields].filter((field) => field !== 'id');
}

function column(collection: Collection, field: string): string {
  const direct = field === 'id' || field === 'revision' || columnsOf(collection).includes(field);
  return direct ? `"${field}"` : `json_extract(doc, '$.${field}')`;
}

/** Something a list of the row must hold: one of some members, or a word that begins so. */
export interface Holding {
  readonly list: string;
  readonly member: Sql;
}

export function holdingsOf(collection: Collection, { tests, words }: Pick<Asked, 'tests' | 'words'>): Holding[] {
  const list = wordsFieldOf(collection) ?? '';
  return [
    ...tests
      .filter((test) => test.kind === 'has')
      .map(({ field, members }) => ({
        list: field,
        member: { text: `member IN (${marks(members)})`, values: members },
      })),
    ...words.map((word) => ({
      list,
      member: { text: 'member >= ? AND member < ?', values: [word, word + BEYOND_LETTERS] },
    })),
  ];
}

/** The rows with this, by their number; undefined where the list has no table. */
export function holders(collection: Collection, { list, member }: Holding): Sql | undefined {
  if (!listsOf(collection).includes(list)) return undefined;
  return { text: `SELECT n FROM "${listName(collection, list)}" WHERE ${member.text}`, values: member.values };
}

function holding(collection: Collection, { list, member }: Holding): Sql {
  const members = listsOf(collection).includes(list)
    ? `SELECT 1 FROM "${listName(collection, list)}" AS held WHERE held.n = "${collection}".n AND ${member.text}`
    : `SELECT 1 FROM (SELECT value AS member FROM json_each(doc, '$.${list}')) WHERE ${member.text}`;
  return { text: `EXISTS (${members})`, values: member.values };
}

function comparison(name: string, test: Exclude<Test, { kind: 'has' }>): Sql[] {
  if (test.kind === 'is') return [{ text: `${name} = ?`, values: [test.value] }];
  if (test.kind === 'in') return [{ text: `${name} IN (${marks(test.values)})`, values: test.values }];
  return [
    ...(test.from === undefined ? [] : [{ text: `${name} >= ?`, values: [test.from] }]),
    ...(test.to === undefined ? [] : [{ text: `${name} < ?`, values: [test.to] }]),
  ];
}

/** narrowest: the holding whose rows are looked up first, where there are few of them. */
export function conditionsOf(
  collection: Collection,
  asked: Pick<Asked, 'tests' | 'words'>,
  narrowest: Holding | undefined,
): Sql[] {
  const few = narrowest && holders(collection, narrowest);
  return [
    ...(few ? [{ text: `n IN (${few.text})`, values: few.values }] : []),
    ...asked.tests.flatMap((test) => (test.kind === 'has' ? [] : comparison(column(collection, test.field), test))),
    ...holdingsOf(collection, asked).map((each) => holding(collection, each)),
  ];
}

function position({ after, descending, walk }: Asked, order: string): Sql[] {
  if (!after) return [];
  const behind = descending ? '<' : '>';
  if (order === '"id"') return [{ text: `id ${behind} ?`, values: [after.id] }];
  if (walk?.unique) return [{ text: `${order} ${behind} ?`, values: [after.value] }];
  return [{ text: `(${order}, id) ${behind} (?, ?)`, values: [after.value, after.id] }];
}

/** Without a walk the + keeps SQLite from walking all rows along the order instead of using the conditions. */
function ordering({ descending, walk }: Asked, order: string): string {
  const direction = descending ? 'DESC' : 'ASC';
  if (!walk) return `+${order} ${direction}, +id ${direction}`;
  return walk.unique || order === '"id"' ? `${order} ${direction}` : `${order} ${direction}, id ${direction}`;
}

const all = (conditions: readonly Sql[]): Sql => {
  const { text, values } = joined(conditions, ' AND ');
  return { text: text === '' ? '' : ` WHERE ${text}`, values };
};

export function select(collection: Collection, asked: Asked, narrowest: Holding | undefined): Sql {
  const order = column(collection, asked.field);
  const walk = narrowest ? undefined : asked.walk;
  const where = all([...conditionsOf(collection, asked, narrowest), ...position({ ...asked, walk }, order)]);
  const along = walk ? ` INDEXED BY "${indexName(collection, walk)}"` : narrowest ? ' NOT INDEXED' : '';
  const text = `SELECT doc FROM "${collection}"${along}${where.text} ORDER BY ${ordering({ ...asked, walk }, order)} LIMIT ?`;
  return { text, values: [...where.values, asked.limit + 1] };
}

export function count(
  collection: Collection,
  asked: Pick<Asked, 'tests' | 'words'>,
  narrowest: Holding | undefined,
): Sql {
  const where = all(conditionsOf(collection, asked, narrowest));
  return { text: `SELECT count(*) AS total FROM "${collection}"${where.text}`, values: where.values };
}
