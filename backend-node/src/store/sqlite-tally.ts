/** How many rows there are of each value, as SQL. */
import type { Tallied } from './conditions.ts';
import type { Collection } from './rows.ts';
import { indexName, listName, type Sql } from './sqlite-query.ts';

export function tally(collection: Collection, asked: Tallied): Sql {
  const rows = `"${collection}" INDEXED BY "${indexName(collection, asked.index)}"`;
  const equal = asked.equal.map(([field]) => `"${field}" = ? AND `).join('');
  const values = asked.equal.map(([, value]) => value);
  const counted = asked.isList
    ? { text: ofMembers(collection, asked.field, rows, equal), values }
    : { text: ofValues(asked.field, rows, equal), values: [...values, ...values, ...values] };
  return { text: `${counted.text} ORDER BY total DESC, value LIMIT ?`, values: [...counted.values, asked.limit] };
}

/** The index leads to the members of each row without reading it. */
function ofMembers(collection: Collection, list: string, rows: string, equal: string): string {
  const members = `CROSS JOIN "${listName(collection, list)}" AS held`;
  return `SELECT member AS value, count(*) AS total FROM ${rows} ${members} WHERE ${equal}held.n = "${collection}".n GROUP BY member`;
}

/**
 * From one value to the next along the index, and then counting each within it: GROUP BY would read every document, for
 * SQLite takes no virtual column from an index.
 */
function ofValues(field: string, rows: string, equal: string): string {
  const next = (beyond: string) =>
    `(SELECT "${field}" FROM ${rows} WHERE ${equal}${beyond} ORDER BY "${field}" LIMIT 1)`;
  const each = `SELECT ${next('TRUE')} UNION ALL SELECT ${next(`"${field}" > each.value`)} FROM each WHERE value IS NOT NULL`;
  const total = `(SELECT count(*) FROM ${rows} WHERE ${equal}"${field}" = each.value)`;
  return `WITH RECURSIVE each(value) AS (${each}) SELECT value, ${total} AS total FROM each WHERE value IS NOT NULL`;
}
