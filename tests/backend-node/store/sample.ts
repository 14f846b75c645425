/** Rows for tests: whole, with the fields a test cares about set. */
import type { AlbumRow, ImageRow, JournalRow } from '../../../backend-node/src/store/rows.ts';
import type { Change } from '../../../backend-node/src/store/store.ts';
import { wordsOf } from '../../../backend-node/src/store/words.ts';

type Sample<T> = Partial<Omit<T, 'id' | 'revision'>>;

const TIME = '2026-01-01T00:00:00.000Z';

export function image(id: string, given: Sample<ImageRow> = {}): Omit<ImageRow, 'revision'> {
  const name = given.name ?? `${id}.jpg`;
  return {
    id,
    owner: 'anna',
    blob: `blob-${id}`,
    thumb: `thumb-${id}`,
    thumbhash: '',
    name,
    title: '',
    sku: '',
    product_group: '',
    tags: [],
    objects: [],
    albums: [],
    words: wordsOf(name),
    state: 'active',
    review_state: 'original',
    score: 0,
    uploaded_at: TIME,
    trashed_at: '',
    format: 'jpeg',
    bytes: 1000,
    width: 10,
    height: 10,
    shown: { width: 10, height: 10, thumbhash: '' },
    facts: {},
    current_version: '',
    versions: 0,
    blobs: [],
    ...given,
  };
}

export function album(id: string, given: Sample<AlbumRow> = {}): Omit<AlbumRow, 'revision'> {
  return { id, owner: 'anna', name: id, description: '', created_at: TIME, ...given };
}

export function entry(seq: number): Omit<JournalRow, 'revision'> {
  const id = String(seq).padStart(12, '0');
  return {
    id,
    seq,
    at: TIME,
    owner: 'anna',
    actor: 'anna',
    action: 'image.added',
    target: '',
    details: {},
    request: '',
    previous: '',
    hash: id,
  };
}

export const added = (rows: readonly Omit<ImageRow, 'revision'>[]): Change[] =>
  rows.map((row) => ({ insert: 'images', row }));
