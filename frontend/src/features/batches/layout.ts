/** How squares stand: as many in a row as there is room for, all alike. */
export interface Squares {
  readonly columns: number;
  readonly side_px: number;
}

const GAP_PX = 6;
const LEAST_PX = 132;
const LEAST_ON_PHONES_PX = 104;
const PHONE_PX = 640;

export { GAP_PX };

export function squaresIn(width_px: number): Squares {
  const least_px = width_px < PHONE_PX ? LEAST_ON_PHONES_PX : LEAST_PX;
  const columns = Math.max(1, Math.floor((width_px + GAP_PX) / (least_px + GAP_PX)));
  return { columns, side_px: Math.max(0, Math.floor((width_px - GAP_PX * (columns - 1)) / columns)) };
}

export const rowsOf = (count: number, columns: number): number => Math.ceil(count / columns);

/** Where a key leads from a place; undefined where it is no key of ours. */
export function placeAfter(key: string, place: number, columns: number, count: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: place - 1,
    ArrowRight: place + 1,
    ArrowUp: place - columns,
    ArrowDown: place + columns,
    Home: 0,
    End: count - 1,
  };
  const to = steps[key];
  if (to === undefined) return undefined;
  return to < 0 || to >= count ? place : to;
}
