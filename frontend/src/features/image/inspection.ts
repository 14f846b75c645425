/** The quality of a picture: kept with its version, or measured when somebody asks. */
import { useQuery } from '@tanstack/react-query';
import { call } from '../../lib/api/call.ts';
import type { Looked } from './looked.ts';

export interface ScorePart {
  readonly name: string;
  readonly value: number;
  readonly weight: number;
}

export interface Score {
  readonly value: number;
  readonly sentence: string;
  readonly parts: readonly ScorePart[];
}

export interface Gate {
  readonly name: string;
  readonly passed: boolean;
  readonly reason: string;
  readonly required: string;
}

export interface Inspection {
  readonly score: Score;
  readonly gates: readonly Gate[];
}

/** Nothing is asked until refetch is called. version: '' is the original. */
export const useInspection = (id: string, version: string) =>
  useQuery({
    queryKey: ['inspections', id, version],
    queryFn: async ({ signal }) =>
      (await call('post /images/:id/inspect', { params: { id }, body: { version }, signal })) as unknown as Inspection,
    enabled: false,
    staleTime: Infinity,
  });

/** What a version says of itself; undefined where it was never measured. */
export function inspectionIn(looked: Looked): Inspection | undefined {
  if (looked.kind !== 'version' || !looked.version.quality) return undefined;
  const { quality, gates } = looked.version;
  return { score: quality as unknown as Score, gates: gates as unknown as readonly Gate[] };
}

/** What costs the picture most comes first. */
export const byCost = (parts: readonly ScorePart[]): ScorePart[] => parts.toSorted((a, b) => cost(b) - cost(a));

const cost = ({ value, weight }: ScorePart): number => (100 - value) * weight;

/** '82: good light' without its number, and the number. */
export function splitSentence({ sentence, value }: Score): { readonly value: number; readonly text: string } {
  const text = sentence.replace(/^\d+(?:\.\d+)?:\s*/, '');
  return { value: Math.round(value), text: text.charAt(0).toUpperCase() + text.slice(1) };
}
