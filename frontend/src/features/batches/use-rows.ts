/** Rows of places that scroll with the window: which are in sight, and how the keyboard goes over them. */
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useState, type KeyboardEvent } from 'react';
import { placeAfter, rowsOf } from './layout.ts';

/** How places stand on the page. */
export interface Shape {
  readonly columns: number;
  /** From one row to the next. */
  readonly row_px: number;
  /** Where in the page it begins. */
  readonly top_px: number;
}

/** Places, from 0; last is one of them. Nothing where it is before first. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

export interface VisibleRow {
  readonly first: number;
  readonly end: number;
  readonly top_px: number;
}

export interface Rows {
  readonly rows: readonly VisibleRow[];
  readonly span: Span;
  readonly height_px: number;
  /** The place that the Tab key comes to. */
  readonly active: number;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

const ROWS_AHEAD = 2;
const MOST_FRAMES = 20;

export function useRows(count: number, { columns, row_px, top_px }: Shape): Rows {
  const [gone, setActive] = useState(0);
  const active = Math.max(0, Math.min(gone, count - 1));
  const list = useWindowVirtualizer({
    count: rowsOf(count, columns),
    estimateSize: () => row_px,
    getItemKey: (index) => `${index}:${row_px}`,
    overscan: ROWS_AHEAD,
    scrollMargin: top_px,
  });
  const rows = list.getVirtualItems().map(({ index }) => ({
    first: index * columns,
    end: Math.min((index + 1) * columns, count),
    top_px: index * row_px,
  }));
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const to = placeAfter(event.key, placeOf(event.target) ?? active, columns, count);
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    setActive(to);
    list.scrollToIndex(Math.floor(to / columns), { align: 'auto' });
    focusOn(event.currentTarget, to, MOST_FRAMES);
  };
  const span = { first: rows[0]?.first ?? 0, last: (rows.at(-1)?.end ?? 0) - 1 };
  return { rows, span, height_px: rowsOf(count, columns) * row_px, active, onKeyDown };
}

function placeOf(target: EventTarget): number | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-place]') : null;
  return cell ? Number(cell.dataset['place']) : undefined;
}

/** Once it is there. */
function focusOn(around: HTMLElement, place: number, frames: number): void {
  const cell = around.querySelector<HTMLElement>(`[data-place="${place}"]`);
  if (cell) cell.focus({ preventScroll: true });
  else if (frames > 0) requestAnimationFrame(() => focusOn(around, place, frames - 1));
}
