/** The pictures in rows: only those in sight are there, however many there are. */
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useCallback } from 'react';
import type { Outline } from '../../lib/data/outline.ts';
import classes from './grid.module.css';
import { HeadingLine, PicturesLine } from './row-line.tsx';
import type { Layout } from './rows.ts';
import { useAnchor, useCalm } from './scrolling.ts';
import type { Hold } from './holding.ts';
import { words } from './words.ts';

interface GridProps {
  readonly outline: Outline;
  readonly layout: Layout;
  /** Where in the page it begins. */
  readonly top_px: number;
  readonly picked: ReadonlySet<string>;
  readonly active: string;
  readonly search: string;
  readonly state: 'active' | 'trashed';
  readonly hold: Hold;
}

const ROWS_AHEAD = 3;

export function Grid({ outline, layout, top_px, picked, active, search, state, hold }: GridProps) {
  const { ids, ratios } = outline;
  const calm = useCalm();
  const rows = useVisibleRows(layout, top_px);
  useAnchor(layout, ids, top_px);
  // Tab comes to the picture the keyboard is at, or to the first.
  const reachable = active === '' ? (ids[0] ?? '') : active;
  return (
    <div
      className={classes.grid}
      style={{ height: layout.height_px }}
      role="group"
      aria-label={words.grid}
      data-grid
      data-picking={picked.size > 0 || undefined}
      {...hold}
    >
      {rows.map((row) =>
        row.kind === 'heading' ? (
          <HeadingLine key={`day-${row.section.first}`} row={row} />
        ) : (
          <PicturesLine
            key={ids[row.first]}
            {...{ row, ids, ratios, picked, calm, search, state }}
            active={reachable}
          />
        ),
      )}
    </div>
  );
}

function useVisibleRows(layout: Layout, top_px: number) {
  const { rows, height_px } = layout;
  // Rows of another layout have other keys: their heights are asked for anew.
  const getItemKey = useCallback((index: number) => `${index}:${rows[index]?.top_px ?? 0}`, [rows]);
  const list = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (index) => (rows[index + 1]?.top_px ?? height_px) - (rows[index]?.top_px ?? 0),
    overscan: ROWS_AHEAD,
    scrollMargin: top_px,
    getItemKey,
  });
  return list.getVirtualItems().flatMap(({ index }) => rows[index] ?? []);
}
