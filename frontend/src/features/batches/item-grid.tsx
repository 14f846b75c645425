import type { Batch, BatchItem } from '../../lib/data/batches.ts';
import { isOpenJob } from '../../lib/data/server-jobs.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ItemCell } from './item-cell.tsx';
import classes from './item-grid.module.css';
import { useItems } from './items.ts';
import { GAP_PX, squaresIn } from './layout.ts';
import type { Shown } from './shown.ts';
import { NothingShown } from './nothing-shown.tsx';
import { words } from './words.ts';

export interface ItemsProps {
  readonly batch: Batch;
  readonly shown: Shown;
  readonly width_px: number;
  readonly top_px: number;
  /** Where pictures lead back to. */
  readonly from: string;
  readonly onFailed: (item: BatchItem) => void;
}

/** Squares that fill as the batch runs. */
export function ItemGrid({ batch, shown, width_px, top_px, from, onFailed }: ItemsProps) {
  const { columns, side_px } = squaresIn(width_px);
  const ended = !isOpenJob(batch);
  const items = useItems(batch, shown, { columns, row_px: side_px + GAP_PX, top_px });
  const { count, rows, at, active, height_px, error, pending, onKeyDown } = items;
  if (error) return <ProblemNotice error={error} />;
  if (count === 0) return pending ? null : <NothingShown batch={batch} shown={shown} />;
  return (
    <div
      className={classes.grid}
      style={{ height: height_px }}
      role="group"
      aria-label={words.items}
      onKeyDown={onKeyDown}
    >
      {rows.map(({ first, end, top_px: y_px }) => (
        <div key={first} className={classes.row} style={{ transform: `translateY(${y_px}px)` }}>
          {Array.from({ length: end - first }, (_, index) => first + index).map((place) => {
            const item = at(place);
            const own = { place, side_px, active: place === active };
            return item ? (
              <ItemCell key={place} item={item} {...own} {...{ from, ended, onFailed }} />
            ) : (
              <Unread key={place} {...own} />
            );
          })}
        </div>
      ))}
    </div>
  );
}

/** It has its place before anything is known of it. */
function Unread({ place, side_px, active }: { place: number; side_px: number; active: boolean }) {
  return (
    <span
      role="img"
      className={classes.cell}
      style={{ width: side_px, height: side_px }}
      data-place={place}
      aria-label={words.item(place + 1)}
      tabIndex={active ? 0 : -1}
    />
  );
}
