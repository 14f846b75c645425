/** Cursors: where the next page begins, opaque to the caller and bound to the list they came from. */
import { GatewayError } from '../errors.ts';
import type { Page, Position } from '../store/store.ts';

/** list names what is listed and how it is ordered: a cursor of another list is refused. */
export function cursorOf(list: string, next: Position | undefined): string | null {
  return next ? Buffer.from(JSON.stringify([list, next.value, next.id])).toString('base64url') : null;
}

export function positionOf(list: string, cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts)) {
      const [from, value, id] = parts as readonly unknown[];
      if (from === list && isValue(value) && typeof id === 'string') return { value, id };
    }
  } catch {
    // Not ours: said below.
  }
  throw new GatewayError('invalid_request', 'Expected the nextCursor of the page before, with the same order');
}

const isValue = (value: unknown): value is string | number => typeof value === 'string' || Number.isFinite(value);

/** A page as the API shows it. */
export const shownPage = <T, S>(list: string, page: Page<T>, show: (row: T) => S) => ({
  items: page.rows.map(show),
  nextCursor: cursorOf(list, page.next),
});
