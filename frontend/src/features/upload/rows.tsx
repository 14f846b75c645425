import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useState } from 'react';
import type { Row } from './rows-of.ts';
import { FileRow } from './file-row.tsx';
import type { Sending } from './sending.ts';
import classes from './upload.module.css';
import { words } from './words.ts';

const ROW_PX = 64;
const AROUND = 6;

/** Thousands of files: only the rows that can be seen are there. */
export function Rows({ rows, sending }: { rows: readonly Row[]; sending: Sending | undefined }) {
  const [above, setAbove] = useState(0);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_PX,
    overscan: AROUND,
    scrollMargin: above,
  });
  if (rows.length === 0) return <p className={classes.none}>{words.none}</p>;
  return (
    <ul
      className={classes.rows}
      aria-label={words.list}
      style={{ height: virtual.getTotalSize() }}
      ref={(list) => {
        if (list) setAbove(list.offsetTop);
      }}
    >
      {virtual.getVirtualItems().map(({ index, start }) => {
        const row = rows[index];
        return (
          row && (
            <li
              key={index}
              ref={virtual.measureElement}
              data-index={index}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              className={classes.row}
              style={{ transform: `translateY(${start - above}px)` }}
            >
              <FileRow {...row} image={sending?.fateOf(row.picked)?.image ?? ''} />
            </li>
          )
        );
      })}
    </ul>
  );
}
