/** How entries of the journal hang together: each holds the hash of the one before and its own. */
import { createHash } from 'node:crypto';
import { now } from '../ids.ts';
import { documentOf } from '../store/documents.ts';
import type { JournalRow } from '../store/rows.ts';
import type { Entry } from './entry.ts';

/** The newest entry, as far as the next one needs it. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

export const BEGINNING: Head = { seq: 0, hash: '0'.repeat(64) };

type Unsigned = Omit<JournalRow, 'revision' | 'hash'>;
export type NewJournalRow = Omit<JournalRow, 'revision'>;

export function rowAfter(head: Head, { owner, actor, action, target, details = {}, request }: Entry): NewJournalRow {
  const seq = head.seq + 1;
  // As the store will give it back: the hash must still fit then.
  const kept = JSON.parse(documentOf(details)) as JournalRow['details'];
  const what = { owner, actor, action, target, details: kept, request };
  const unsigned = { id: entryId(seq), seq, at: now(), ...what, previous: head.hash };
  return { ...unsigned, hash: hashOf(unsigned) };
}

export const follows = (row: JournalRow, { seq, hash }: Head): boolean =>
  row.id === entryId(seq + 1) && row.seq === seq + 1 && row.previous === hash && row.hash === hashOf(row);

/** Sorts as the seq does. */
export const entryId = (seq: number): string => String(seq).padStart(12, '0');

function hashOf(row: Unsigned): string {
  const parts = [row.seq, row.at, row.owner, row.actor, row.action, row.target, row.details, row.request, row.previous];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
