/** Long addresses, shortened in the middle: whose it is and what it is called say most. */
const LONGEST = 50;
const LEAST_TAIL = 16;

export function shownAddress(url: string, longest = LONGEST): string {
  const text = url.replace(/^https?:\/\//i, '');
  if (text.length <= longest) return text;
  const host = /^[^/?#]*\//.exec(text)?.[0] ?? '';
  const last = text.slice(text.lastIndexOf('/', text.search(/[?#]|$/)));
  const tail = Math.max(Math.min(last.length, longest - host.length - 1), LEAST_TAIL);
  return `${text.slice(0, longest - tail - 1)}…${text.slice(-tail)}`;
}
