/** A place that shows a list of pictures, as an address: what is asked for there. */
import type { OutlineQuery } from './outline.ts';

const TEXTS = ['q', 'tag', 'sku', 'product_group', 'object', 'format', 'review'] as const;
const SORTS = ['uploaded_at', 'name', 'bytes', 'score', 'sku'] as const;

export type Sort = (typeof SORTS)[number];
export type Order = 'asc' | 'desc';

/** The list of /gallery?…, /trash?… or /albums/:id?… Anything in the address that means nothing is left out. */
export function imagesQueryOf(pathname: string, asked: URLSearchParams): OutlineQuery {
  const album = /^\/albums\/([0-9A-Z]{26})$/.exec(pathname)?.[1];
  const texts = TEXTS.map((name) => [name, asked.get(name)?.trim().slice(0, 200) ?? ''] as const);
  return {
    ...Object.fromEntries(texts.filter(([, text]) => text !== '')),
    ...(album !== undefined && { album }),
    ...(pathname === '/trash' && { state: 'trashed' as const }),
    ...daysOf(asked),
    ...orderOf(asked),
  };
}

/** The same of a link: '/gallery?tag=shoe'. */
export function imagesQueryAt(address: string): OutlineQuery {
  const { pathname, searchParams } = new URL(address, 'http://here');
  return imagesQueryOf(pathname, searchParams);
}

/** Newest first, best first, largest first; names from A. */
export function orderOf(asked: URLSearchParams): { readonly sort: Sort; readonly order: Order } {
  const sort = SORTS.find((name) => name === asked.get('sort')) ?? 'uploaded_at';
  const order = asked.get('order');
  if (order === 'asc' || order === 'desc') return { sort, order };
  return { sort, order: sort === 'name' || sort === 'sku' ? 'asc' : 'desc' };
}

/** Addresses hold days as people mean them, the last one included; the gateway takes moments. */
function daysOf(asked: URLSearchParams): { readonly from?: string; readonly to?: string } {
  const from = momentOf(asked.get('from'), 0);
  const to = momentOf(asked.get('to'), 1);
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

function momentOf(day: string | null, days_later: number): string | undefined {
  const [year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? '')?.slice(1).map(Number) ?? [];
  if (year === undefined || month === undefined || date === undefined) return undefined;
  return new Date(year, month - 1, date + days_later).toISOString();
}
