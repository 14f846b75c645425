/** Queries as SQL. Names of fields were checked by conditions.ts; values are always bound, never spliced. */
import { indexesOf, listsOf, wordsFieldOf, type Index } from './collections.ts';
import type { Asked, Scalar, Test } from './conditions.ts';
import type { Collection } from './rows.ts';

type Filter = Pick<Asked, 'tests' | 'words'>;

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

const all = (conditions: readonly Sql[]): Sql => {
  const { text, values } = joined(conditions, ' AND ');
  return { text: text === '' ? '' : ` WHERE ${text}`, values };
};

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

/** What is asked of the members of a list: one of these, or a word that begins so. */
interface Holding {
  readonly list: string;
  readonly member: Sql;
}

function holdingsOf(collection: Collection, { tests, words }: Filter): Holding[] {
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

function holding(collection: Collection, { list, member }: Holding): Sql {
  const members = listsOf(collection).includes(list)
    ? `SELECT 1 FROM "${listName(collection, list)}" AS held WHERE held.n = "${collection}".n AND ${member.text}`
    : `SELECT 1 FROM (SELECT value AS member FROM json_each(doc, '$.${list}')) WHERE ${member.text}`;
  return { text: `EXISTS (${members})`, values: member.values };
}

type Comparison = Exclude<Test, { kind: 'has' }>;

const comparisonsOf = ({ tests }: Filter): Comparison[] => tests.filter((test) => test.kind !== 'has');

function compared(name: string, test: Comparison): Sql[] {
  if (test.kind === 'is') return [{ text: `${name} = ?`, values: [test.value] }];
  if (test.kind === 'in') return [{ text: `${name} IN (${marks(test.values)})`, values: test.values }];
  return [
    ...(test.from === undefined ? [] : [{ text: `${name} >= ?`, values: [test.from] }]),
    ...(test.to === undefined ? [] : [{ text: `${name} < ?`, values: [test.to] }]),
  ];
}

interface Through {
  readonly index: Index;
  readonly where: Sql;
}

/** The index where this field follows the most others that are equal to something, and what is asked of it. */
function throughIndex(collection: Collection, test: Comparison, others: readonly Comparison[]): Through | undefined {
  const equal = others.filter(({ kind }) => kind === 'is');
  const before = ({ fields }: Index): readonly string[] => fields.slice(0, fields.indexOf(test.field));
  const leads = (index: Index): boolean =>
    index.fields.includes(test.field) && before(index).every((each) => equal.some(({ field }) => field === each));
  const best = indexesOf(collection)
    .filter(leads)
    .sort((one, other) => before(other).length - before(one).length)[0];
  if (!best) return undefined;
  const used = [...before(best).flatMap((each) => equal.filter(({ field }) => field === each)), test];
  const where = all(used.flatMap((each) => compared(`"${each.field}"`, each)));
  return where.text === '' ? undefined : { index: best, where };
}

function numbersThrough(collection: Collection, { index, where }: Through): Sql {
  const text = `SELECT n FROM "${collection}" INDEXED BY "${indexName(collection, index)}"${where.text}`;
  return { text, values: where.values };
}

/**
 * A condition on the rows that a walk meets. Where its index does not hold the field, another one tells: reading each
 * document takes long where few of very many rows fit. An index that is not unique goes on with the id behind its last field.
 */
function alongWalk(collection: Collection, test: Comparison, others: readonly Comparison[], walk: Index): Sql[] {
  const direct = test.field === 'id' || walk.fields.includes(test.field);
  const through = direct ? undefined : throughIndex(collection, test, others);
  if (!through) return compared(column(collection, test.field), test);
  const { index, where } = through;
  if (test.kind === 'range') {
    const { text, values } = numbersThrough(collection, through);
    return [{ text: `n IN (${text})`, values }];
  }
  if (index.unique || index.fields.at(-1) !== test.field) return compared(column(collection, test.field), test);
  const also = `SELECT 1 FROM "${collection}" AS also INDEXED BY "${indexName(collection, index)}"${where.text}`;
  return [{ text: `EXISTS (${also} AND also.id = "${collection}".id)`, values: where.values }];
}

/**
 * For each condition that an index or a list's table answers: the numbers of the rows that meet it. Not for those that
 * the walk uses anyhow.
 */
export function waysIn(collection: Collection, filter: Filter, walk: Index | undefined): Sql[] {
  const comparisons = comparisonsOf(filter);
  const others = comparisons.filter(({ field }) => !walk?.fields.includes(field));
  const listed = holdingsOf(collection, filter).filter(({ list }) => listsOf(collection).includes(list));
  return [
    ...listed.map(({ list, member }) => ({
      text: `SELECT n FROM "${listName(collection, list)}" WHERE ${member.text}`,
      values: member.values,
    })),
    ...others.flatMap((test) => {
      const through = throughIndex(collection, test, comparisons);
      return through ? [numbersThrough(collection, through)] : [];
    }),
  ];
}

interface Along {
  readonly narrowest: Sql | undefined;
  readonly walk: Index | undefined;
}

function conditionsOf(collection: Collection, filter: Filter, { narrowest, walk }: Along): Sql[] {
  const comparisons = comparisonsOf(filter);
  return [
    ...(narrowest ? [{ text: `n IN (${narrowest.text})`, values: narrowest.values }] : []),
    ...comparisons.flatMap((test) =>
      walk ? alongWalk(collection, test, comparisons, walk) : compared(column(collection, test.field), test),
    ),
    ...holdingsOf(collection, filter).map((each) => holding(collection, each)),
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

const told = ({ fields }: Asked): string =>
  fields ? `json_object(${[...new Set(fields)].map((field) => `'${field}', doc -> '$.${field}'`).join(', ')})` : 'doc';

/** narrowest: the way in with few rows, where there is one. They are looked up and sorted instead of walking an order. */
export function select(collection: Collection, asked: Asked, narrowest: Sql | undefined): Sql {
  const order = column(collection, asked.field);
  const walk = narrowest ? undefined : asked.walk;
  const where = all([...conditionsOf(collection, asked, { narrowest, walk }), ...position({ ...asked, walk }, order)]);
  const along = walk ? indexedBy(collection, walk) : narrowest ? ' NOT INDEXED' : '';
  const text = `SELECT ${told(asked)} AS doc FROM "${collection}"${along}${where.text} ORDER BY ${ordering({ ...asked, walk }, order)} LIMIT ?`;
  return { text, values: [...where.values, asked.limit + 1] };
}

export function count(collection: Collection, asked: Filter, narrowest: Sql | undefined): Sql {
  const walk = narrowest ? undefined : walkToCount(collection, asked);
  const where = all(conditionsOf(collection, asked, { narrowest, walk }));
  const along = walk ? indexedBy(collection, walk) : '';
  return { text: `SELECT count(*) AS total FROM "${collection}"${along}${where.text}`, values: where.values };
}

const indexedBy = (collection: Collection, index: Index): string => ` INDEXED BY "${indexName(collection, index)}"`;

/** The index that begins with the most fields that are equal to something, best with another comparison behind them. */
function walkToCount(collection: Collection, filter: Filter): Index | undefined {
  const comparisons = comparisonsOf(filter);
  const equal = new Set(comparisons.filter(({ kind }) => kind === 'is').map(({ field }) => field));
  const begins = ({ fields }: Index): number => {
    const [next, ...others] = fields.filter((field) => !equal.has(field));
    const used = next === undefined ? fields.length : fields.indexOf(next);
    return comparisons.some(({ field }) => field === next) && others.length === 0 ? used + 0.5 : used;
  };
  return indexesOf(collection)
    .filter((index) => begins(index) >= 1)
    .sort((one, other) => begins(other) - begins(one))[0];
}
