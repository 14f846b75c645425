/** What a query means, over rows in memory: what every database must agree with. */
import type { ImageRow } from '../../../backend-node/src/store/rows.ts';
import type { Query } from '../../../backend-node/src/store/store.ts';

type Value = string | number;

/** Text by its bytes in UTF-8, numbers by size. */
function compare(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)));
}

function within(value: unknown, { from, to }: { from?: Value; to?: Value }): boolean {
  return (from === undefined || compare(value, from) >= 0) && (to === undefined || compare(value, to) < 0);
}

function meets(value: unknown, condition: unknown): boolean {
  if (typeof condition !== 'object' || condition === null) return value === condition;
  const list = Array.isArray(value) ? value : [];
  if ('in' in condition) return Array.isArray(condition.in) && condition.in.includes(value);
  if ('has' in condition) return list.includes(condition.has);
  if ('has_any' in condition)
    return Array.isArray(condition.has_any) && condition.has_any.some((each) => list.includes(each));
  return within(value, condition);
}

const field = (row: ImageRow, name: string): unknown => Object.getOwnPropertyDescriptor(row, name)?.value;

export function matching(rows: readonly ImageRow[], { where = {}, words = [] }: Query<ImageRow>): ImageRow[] {
  return rows
    .filter((row) => Object.entries(where).every(([name, condition]) => meets(field(row, name), condition)))
    .filter((row) => words.every((word) => row.words.some((each) => each.startsWith(word))));
}

export function inOrder(rows: readonly ImageRow[], [name, direction]: readonly [string, 'asc' | 'desc']): ImageRow[] {
  const sign = direction === 'desc' ? -1 : 1;
  return rows.toSorted(
    (one, other) => sign * (compare(field(one, name), field(other, name)) || compare(one.id, other.id)),
  );
}
