import { Button } from '@mantine/core';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useState, type ReactNode } from 'react';
import type { ImportItem } from '../../lib/data/imports.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ImportRow, RowSkeleton } from './import-row.tsx';
import classes from './rows.module.css';
import { useRowsBetween, useRowsOf, type Filter } from './shown-rows.ts';
import { words } from './words.ts';

const ROW_PX = 64;
const AROUND = 8;

interface RowsProps {
  readonly id: string;
  readonly count: number;
}

/** All rows of an import: only those in sight are there, and only those are asked for. */
export function AllRows({ id, count }: RowsProps) {
  const [virtual, place] = useRows(count);
  const [seen, measure] = [virtual.getVirtualItems(), virtual.measureElement];
  const { at, error, retry } = useRowsBetween(id, seen[0]?.index ?? 0, seen.at(-1)?.index ?? 0);
  if (error) return <ProblemNotice error={error} onRetry={retry} />;
  return (
    <Sheet count={count} height={virtual.getTotalSize()} place={place.set}>
      {seen.map(({ index, start }) => (
        <Line key={index} {...{ index, measure }} top={start - place.above} item={at(index)} />
      ))}
    </Sheet>
  );
}

/** Those of one kind, read on as somebody scrolls. */
export function SomeRows({ id, count, filter }: RowsProps & { filter: Exclude<Filter, 'all'> }) {
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage } = useRowsOf(id, filter);
  const found = data?.length ?? 0;
  const [virtual, place] = useRows(data ? found + (hasNextPage ? 1 : 0) : Math.min(count, AROUND));
  const [seen, measure] = [virtual.getVirtualItems(), virtual.measureElement];
  const wantsMore = hasNextPage && !isFetching && !error && (seen.at(-1)?.index ?? 0) >= found - AROUND;
  useEffect(() => {
    if (wantsMore) void fetchNextPage();
  }, [wantsMore, fetchNextPage]);
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (data && found === 0 && !hasNextPage) return <p className={classes.none}>{words.none}</p>;
  return (
    <>
      <Sheet count={count} height={virtual.getTotalSize()} place={place.set}>
        {seen.map(({ index, start }) => (
          <Line key={index} {...{ index, measure }} top={start - place.above} item={data?.[index]} />
        ))}
      </Sheet>
      {error && (
        <Button variant="default" onClick={() => void fetchNextPage()}>
          {words.table.more}
        </Button>
      )}
    </>
  );
}

function useRows(count: number) {
  const [above, set] = useState(0);
  const virtual = useWindowVirtualizer({
    count,
    estimateSize: () => ROW_PX,
    overscan: AROUND,
    scrollMargin: above,
  });
  return [virtual, { above, set }] as const;
}

interface SheetProps {
  readonly count: number;
  readonly height: number;
  readonly place: (above: number) => void;
  readonly children: ReactNode;
}

function Sheet({ count, height, place, children }: SheetProps) {
  const { state, address, product, reason } = words.columns;
  return (
    <div role="table" aria-label={words.rows} aria-rowcount={count + 1}>
      <div role="row" className={classes.head} aria-rowindex={1}>
        <span role="columnheader">{state}</span>
        <span role="columnheader">{address}</span>
        <span role="columnheader">{product}</span>
        <span role="columnheader">{reason}</span>
      </div>
      <div
        role="rowgroup"
        className={classes.rows}
        style={{ height }}
        ref={(list) => {
          if (list) place(list.offsetTop);
        }}
      >
        {children}
      </div>
    </div>
  );
}

interface LineProps {
  readonly index: number;
  readonly top: number;
  readonly item: ImportItem | undefined;
  /** Reasons may be long: a row is as high as it must be. */
  readonly measure: (row: HTMLElement | null) => void;
}

function Line({ index, top, item, measure }: LineProps) {
  return (
    <div
      role="row"
      ref={measure}
      data-index={index}
      aria-rowindex={index + 2}
      className={classes.row}
      style={{ transform: `translateY(${top}px)` }}
    >
      {item ? <ImportRow item={item} /> : <RowSkeleton />}
    </div>
  );
}
