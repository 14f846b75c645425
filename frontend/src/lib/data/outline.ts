/**
 * The whole order of a list: id and shape of each picture, however many there are. Grids are laid out by it, ranges are
 * selected over it, and the picture before and after one is known by it.
 */
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { open, type QueryOf } from '../api/call.ts';
import { keys } from './keys.ts';
import { OutlineReading } from './outline-reading.ts';

export { imagesQueryAt, imagesQueryOf } from './place.ts';
export { uploadTimeOf } from './upload-time.ts';

export type OutlineQuery = QueryOf<'get /images/outline'>;

export interface Outline {
  readonly ids: readonly string[];
  /** Width by height of the picture shown, each at the place of its id. */
  readonly ratios: Float32Array;
  /** false while more of it arrives. */
  readonly complete: boolean;
}

export const NO_OUTLINE: Outline = { ids: [], ratios: new Float32Array(), complete: false };
const FRESH_MS = 300_000;

/** Shows what arrived first at once and goes on appending. Lists that changed elsewhere are read again by themselves. */
export function useOutline(query: OutlineQuery) {
  const queryKey = keys.outline(query);
  return useQuery({
    queryKey,
    queryFn: ({ client }) => readingOf(client, queryKey).read(() => open('get /images/outline', { query })),
    staleTime: FRESH_MS,
    structuralSharing: (before, now) => (isOutline(before) && isOutline(now) && isSame(before, now) ? before : now),
  });
}

/** What was changed here is seen at once, however long the lists are. gone: ids that left every list they were in. */
export function hurryOutlines(client: QueryClient, gone: readonly string[]): void {
  const lost = new Set(gone);
  for (const query of client.getQueryCache().findAll({ queryKey: OUTLINES })) {
    readings.get(query)?.hurry();
    if (lost.size > 0) client.setQueryData<Outline>(query.queryKey, (known) => known && without(known, lost));
  }
}

/** The same, for those who changed nothing but lists. */
export function useOutlinesChanged(): (gone?: readonly string[]) => Promise<void> {
  const client = useQueryClient();
  return (gone = []) => {
    hurryOutlines(client, gone);
    return client.invalidateQueries({ queryKey: OUTLINES });
  };
}

const OUTLINES = keys.outline({}).slice(0, 2);

/** Gone with their query: nothing of one account is joined by the next. */
const readings = new WeakMap<object, OutlineReading>();

function readingOf(client: QueryClient, queryKey: readonly unknown[]): OutlineReading {
  const query = client.getQueryCache().find({ queryKey, exact: true });
  const known = query && readings.get(query);
  const reading = known ?? new OutlineReading(client, queryKey);
  if (query) readings.set(query, reading);
  return reading;
}

function without({ ids, ratios, complete }: Outline, lost: ReadonlySet<string>): Outline {
  const stays = (_: unknown, at: number): boolean => !lost.has(ids[at] ?? '');
  return ids.some((id) => lost.has(id))
    ? { ids: ids.filter(stays), ratios: ratios.filter(stays), complete }
    : { ids, ratios, complete };
}

const isOutline = (data: unknown): data is Outline => typeof data === 'object' && data !== null && 'ratios' in data;

const isSame = (a: Outline, b: Outline): boolean =>
  a.complete === b.complete &&
  a.ids.length === b.ids.length &&
  a.ids.every((id, at) => id === b.ids[at] && a.ratios[at] === b.ratios[at]);
