import { memo } from 'react';
import type { Image } from '../../lib/data/images.ts';
import { Cell } from './cell.tsx';
import classes from './grid.module.css';
import { tileRatio, type HeadingRow, type PictureRow } from './rows.ts';
import { formatDayHeading } from './times.ts';
import { words } from './words.ts';

interface PicturesProps {
  readonly row: PictureRow;
  readonly ids: readonly string[];
  readonly ratios: Float32Array;
  readonly picked: ReadonlySet<string>;
  readonly active: string;
  readonly calm: boolean;
  readonly search: string;
  readonly state: Image['state'];
}

/** One row of pictures. */
export const PicturesLine = memo(function PicturesLine({ row, ids, ratios, picked, active, ...rest }: PicturesProps) {
  return (
    <div className={classes.row} style={{ transform: `translateY(${row.top_px}px)`, height: row.height_px }}>
      {ids.slice(row.first, row.end).map((id, at) => (
        <Cell
          key={id}
          id={id}
          width_px={tileRatio(ratios[row.first + at] ?? 1) * row.height_px}
          height_px={row.height_px}
          picked={picked.has(id)}
          active={active === id}
          {...rest}
        />
      ))}
    </div>
  );
});

/** The day of what follows, which can be selected whole. */
export function HeadingLine({ row }: { row: HeadingRow }) {
  const day = formatDayHeading(row.section.time_ms);
  return (
    <div className={classes.heading} style={{ transform: `translateY(${row.top_px}px)`, height: row.height_px }}>
      <h2 className={classes.day}>{day}</h2>
      <button
        type="button"
        className={classes.dayCheck}
        tabIndex={-1}
        data-section={row.section.first}
        aria-label={words.selectDay(day)}
      >
        {words.selectAll}
      </button>
    </div>
  );
}
