/** Indexes, declared once for both databases. */
import type { Collection, Rows } from './rows.ts';

type Scalars<T> = { [K in keyof T & string]: T[K] extends string | number ? K : never }[keyof T & string];
type Lists<T> = { [K in keyof T & string]: T[K] extends readonly string[] ? K : never }[keyof T & string];

export interface Indexes<T> {
  /** Each combination of fields at most once. */
  readonly unique?: readonly (readonly Scalars<T>[])[];
  /** Equality on the first fields, order by the last one (then id). */
  readonly ordered?: readonly (readonly Scalars<T>[])[];
  /** Lists asked for a member. */
  readonly lists?: readonly Lists<T>[];
  /** The list searched by beginnings of words. */
  readonly words?: Lists<T>;
}

export const COLLECTIONS: { readonly [C in Collection]: Indexes<Rows[C]> } = {
  users: { unique: [['email']] },
  sessions: { ordered: [['owner'], ['expires_at']] },
  api_keys: { ordered: [['owner']] },
  throttles: { ordered: [['expires_at']] },
  images: {
    unique: [['owner', 'blob']],
    ordered: [
      ['owner', 'state'],
      ['owner', 'state', 'uploaded_at'],
      ['owner', 'state', 'name'],
      ['owner', 'state', 'bytes'],
      ['owner', 'state', 'score'],
      ['owner', 'state', 'sku'],
      ['owner', 'state', 'product_group'],
      ['owner', 'state', 'review_state'],
      ['owner', 'state', 'format'],
      ['state', 'trashed_at'],
    ],
    lists: ['tags', 'objects', 'albums', 'blobs'],
    words: 'words',
  },
  versions: {
    unique: [['image', 'number']],
    ordered: [['owner', 'created_at']],
    lists: ['blobs'],
  },
  recipes: {
    ordered: [
      ['owner', 'name'],
      ['shared', 'name'],
    ],
    lists: ['blobs'],
  },
  albums: { ordered: [['owner', 'name']] },
  shares: { ordered: [['owner', 'created_at'], ['album', 'created_at'], ['expires_at']] },
  journal: { unique: [['seq']], ordered: [['owner'], ['actor'], ['target'], ['action'], ['at']] },
  idempotency: { ordered: [['expires_at'], ['owner', 'expires_at']] },
  released: { ordered: [['released_at']] },
  product_groups: { unique: [['owner', 'name']] },
  jobs: {
    ordered: [
      ['owner', 'kind', 'created_at'],
      ['state', 'priority'],
    ],
    lists: ['blobs'],
  },
  // What is asked in the order of ids is asked in the order of numbers.
  items: { ordered: [['owner'], ['job', 'state'], ['job', 'state', 'due_at'], ['job', 'review_state'], ['holder']] },
  dispatchers: { ordered: [['alive_until']] },
  webhooks: { ordered: [['owner', 'created_at']] },
  deliveries: { ordered: [['owner'], ['webhook', 'created_at'], ['state', 'due_at']] },
};

/** Collections whose rows keep blobs from being removed. */
export const HOLDING = ['images', 'versions', 'recipes', 'jobs'] as const;

/** Collections whose rows belong to one account and go with it. The journal stays: it holds ids, no names. */
export const OWNED = [
  // First, so that nobody goes on with them.
  'jobs',
  'items',
  'images',
  'versions',
  'recipes',
  'albums',
  'shares',
  'api_keys',
  'sessions',
  'idempotency',
  'product_groups',
  'deliveries',
  'webhooks',
] as const;

/** An index as the adapters see it: names of fields. Where it is not unique, the id follows the last one. */
export interface Index {
  readonly fields: readonly string[];
  readonly unique: boolean;
}

/** Indexes<T> of whatever collection. */
interface Declared {
  readonly unique?: readonly Index['fields'][];
  readonly ordered?: readonly Index['fields'][];
  readonly lists?: readonly string[];
  readonly words?: string;
}

/** Those declared, the id, and what walks the rows of one owner (state, …) by id. */
export function indexesOf(collection: Collection): readonly Index[] {
  const { unique = [], ordered = [] }: Declared = COLLECTIONS[collection];
  const firsts = ordered.map((fields) => fields.slice(0, 1));
  const orders = new Map([...ordered, ...firsts].map((fields) => [fields.join(), fields]));
  return [
    ...[['id'], ...unique].map((fields) => ({ fields, unique: true })),
    ...[...orders.values()].map((fields) => ({ fields, unique: false })),
  ];
}

/** Every list that is asked for members: lists and words. */
export function listsOf(collection: Collection): readonly string[] {
  const { lists = [], words }: Declared = COLLECTIONS[collection];
  return words === undefined ? lists : [...lists, words];
}

export const wordsFieldOf = (collection: Collection): string | undefined => COLLECTIONS[collection].words;

export const isCollection = (name: string): name is Collection => Object.hasOwn(COLLECTIONS, name);

export const COLLECTION_NAMES: readonly Collection[] = Object.keys(COLLECTIONS).filter(isCollection);

/**
 * What refers to others comes before what it refers to. In a backup of a database that changes meanwhile, somebody's new
 * album may be missing, but no picture points to an album that was made later.
 */
export const OUTERMOST_FIRST = COLLECTION_NAMES.toReversed();
