/** A blurred picture from some 28 bytes, as an address that <img> and CSS take. */
import { thumbHashToDataURL } from 'thumbhash';

const known = new Map<string, string>();
const MOST_KNOWN = 2000;

/** undefined where there is none, or where it is no thumbhash. */
export function placeholderOf(thumbhash: string | null | undefined): string | undefined {
  if (!thumbhash) return undefined;
  const before = known.get(thumbhash);
  if (before !== undefined) return before;
  const url = drawn(thumbhash);
  if (known.size >= MOST_KNOWN) known.clear();
  if (url !== undefined) known.set(thumbhash, url);
  return url;
}

function drawn(thumbhash: string): string | undefined {
  try {
    return thumbHashToDataURL(Uint8Array.from(atob(thumbhash), (char) => char.charCodeAt(0)));
  } catch {
    return undefined;
  }
}
