/** The pictures of a list in rows for a width, and where its months begin. */
import { useMemo } from 'react';
import type { Outline } from '../../lib/data/outline.ts';
import { layoutOf, type Layout } from './rows.ts';
import { daysOf, monthsOf, wholeOf, type Month } from './sections.ts';

const PHONE_PX = 640;
const GAP_PX = 6;
const HEADING_PX = 44;
const TARGET_PX = { phone: 130, desk: 220 } as const;
/** Fewer pictures need no way to jump. Known with the first lot: rows do not change their width later. */
const RAIL_FROM = 200;
const RAIL_PX = 58;

interface Arranged {
  readonly layout: Layout;
  /** None where nobody needs to jump. */
  readonly months: readonly Month[];
}

/** byDay: a heading above each day. Nothing is laid out before the width is known. */
export function useArranged({ ids, ratios }: Outline, width_px: number, byDay: boolean): Arranged {
  const phone = width_px <= PHONE_PX;
  const long = byDay && ids.length > RAIL_FROM;
  const layout = useMemo(() => {
    const target_px = phone ? TARGET_PX.phone : TARGET_PX.desk;
    const free_px = width_px - (long && !phone ? RAIL_PX : 0);
    const sections = byDay ? daysOf(ids) : wholeOf(ids.length);
    const shape = { width_px: free_px, target_px, gap_px: GAP_PX, heading_px: HEADING_PX };
    return layoutOf(ratios, width_px > 0 ? sections : [], shape);
  }, [ids, ratios, width_px, byDay, phone, long]);
  const months = useMemo(
    () => (long ? monthsOf(layout.rows.filter((row) => row.kind === 'heading')) : []),
    [long, layout],
  );
  return { layout, months };
}
