/** Where to go after signing in: only ever a page of this very app, whatever the address says. */
const DOORS = new Set(['/sign-in', '/sign-up']);

/** The path as it may be gone to; '/' for anything that leads elsewhere. */
export function ownPath(asked: string | null, origin: string): string {
  if (asked === null || !asked.startsWith('/') || !URL.canParse(asked, origin)) return '/';
  const url = new URL(asked, origin);
  if (url.origin !== origin || url.pathname.startsWith('//') || DOORS.has(url.pathname)) return '/';
  return url.pathname + url.search + url.hash;
}
