/** Where the pictures of an import are seen: those of its days. Where all were there before, the whole gallery. */
import type { Import } from '../../lib/data/imports.ts';

export function galleryLink({
  fresh,
  created_at,
  ended_at,
}: Pick<Import, 'fresh' | 'created_at' | 'ended_at'>): string {
  if (fresh === 0) return '/gallery';
  const from = dayOf(new Date(created_at));
  const to = dayOf(ended_at === '' ? new Date() : new Date(ended_at));
  return `/gallery?${new URLSearchParams({ from, to }).toString()}`;
}

/** As it is called here. */
function dayOf(time: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}
