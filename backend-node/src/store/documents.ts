/** What both adapters ask of rows and changes before they write. */
import { isCollection } from './collections.ts';
import type { Collection, Row } from './rows.ts';
import type { Change } from './store.ts';

/** Half of a surrogate pair is no text: it becomes U+FFFD. */
const whole = (_key: string, value: unknown): unknown => (typeof value === 'string' ? value.toWellFormed() : value);

/** A row as JSON text: what is not JSON, neither database keeps. */
export function documentOf(row: object): string {
  const text = JSON.stringify(row);
  return text.includes('\\ud') ? JSON.stringify(row, whole) : text;
}

/** Each change in one shape. The journal only grows: anything else there is a bug. */
export type Step = Written | Removal;

export interface Written {
  readonly kind: 'insert' | 'update';
  readonly collection: Collection;
  readonly id: string;
  readonly row: Row;
}

export interface Removal {
  readonly kind: 'remove';
  readonly collection: Collection;
  readonly id: string;
  readonly revision: number | undefined;
}

export function stepOf(change: Change): Step {
  const step = shapeOf(change);
  if (!isCollection(step.collection)) throw new TypeError('Expected a known collection in a change');
  if (typeof step.id !== 'string' || step.id === '') throw new TypeError('Expected an id in a change');
  if (step.collection === 'journal' && step.kind !== 'insert') {
    throw new TypeError(`Expected the journal only to grow, received: ${step.kind}`);
  }
  return step;
}

function shapeOf(change: Change): Step {
  if ('insert' in change) {
    return { kind: 'insert', collection: change.insert, id: change.row.id, row: { ...change.row, revision: 1 } };
  }
  if ('update' in change) {
    return { kind: 'update', collection: change.update, id: change.row.id, row: change.row };
  }
  return { kind: 'remove', collection: change.remove, id: change.id, revision: change.revision };
}

/** A row of a backup, checked before it is stored as it is. */
export function loadedRow([collection, row]: readonly [Collection, Row]): { collection: Collection; row: Row } {
  if (!isCollection(collection)) throw new TypeError('Expected rows of known collections');
  if (typeof row.id !== 'string' || row.id === '') throw new TypeError(`Expected an id in each row of ${collection}`);
  if (!Number.isSafeInteger(row.revision) || row.revision < 1) {
    throw new TypeError(`Expected a revision from 1 in each row of ${collection}`);
  }
  return { collection, row };
}
