/** The pictures before and after one, in the list it was opened from. */
import { useEffect } from 'react';
import { shownUrl } from '../../lib/api/files.ts';
import { useListedImage } from '../../lib/data/images.ts';
import { imagesQueryAt, useOutline } from '../../lib/data/outline.ts';
import { ownPath } from '../../lib/own-path.ts';

export interface Neighbours {
  readonly previous: string | undefined;
  readonly next: string | undefined;
}

/** None where the picture is not in the list. */
export function neighboursOf(ids: readonly string[], id: string): Neighbours {
  const at = ids.indexOf(id);
  return at === -1 ? { previous: undefined, next: undefined } : { previous: ids[at - 1], next: ids[at + 1] };
}

export const FIRST_PLACE = '/gallery';

/** The place a picture was opened from. Only places of this site. */
export function placeFrom(asked: URLSearchParams): string {
  const from = ownPath(asked.get('from'), location.origin);
  return from === '/' ? FIRST_PLACE : from;
}

export function useNeighbours(id: string, from: string): Neighbours {
  const outline = useOutline(imagesQueryAt(from));
  return neighboursOf(outline.data?.ids ?? [], id);
}

/** Has the preview of a picture read before somebody turns to it. */
export function Preload({ id, from }: { id: string; from: string }) {
  const { data } = useListedImage(id, { state: imagesQueryAt(from).state ?? 'active' });
  const url = data ? shownUrl(data, 'preview') : '';
  useEffect(() => {
    if (url !== '') new Image().src = url;
  }, [url]);
  return null;
}
