/**
 * Where somebody is in the journal, as the id of an event says it. Progress may be told later than what came after it:
 * then it is two numbers, up to where all was told, and up to where all but progress was, like 120-117.
 */
import { GatewayError } from '../../errors.ts';

export interface Place {
  /** Everything up to here was told, or was overtaken. */
  readonly all: number;
  /** Everything but progress was told up to here; not less than all. */
  readonly most: number;
}

export const placeAt = (seq: number): Place => ({ all: seq, most: seq });

export const textOfPlace = ({ all, most }: Place): string => (all === most ? String(most) : `${most}-${all}`);

/** Throws invalid_request. */
export function parsedPlace(text: string): Place {
  const [, most, all] = /^(\d{1,12})(?:-(\d{1,12}))?$/.exec(text) ?? [];
  const place = { most: Number(most), all: Number(all ?? most) };
  if (most !== undefined && place.all <= place.most) return place;
  throw new GatewayError('invalid_request', 'Expected in Last-Event-ID the id of an event, received something else');
}
