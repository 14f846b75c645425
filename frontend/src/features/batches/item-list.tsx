import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconHourglass,
  IconLoader2,
  IconMinus,
} from '@tabler/icons-react';
import { Link } from 'react-router';
import { plainText } from '../../lib/api/problem.ts';
import type { BatchItem } from '../../lib/data/batches.ts';
import { isOpenJob } from '../../lib/data/server-jobs.ts';
import { formatNumber, formatTaken } from '../../lib/format.ts';
import { StateLine } from '../../ui/job/state-line.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { plainly } from './failure.ts';
import { imagePath, ItemPicture, itemWord } from './item-cell.tsx';
import type { ItemsProps } from './item-grid.tsx';
import classes from './item-list.module.css';
import { useItems } from './items.ts';
import { NothingShown } from './nothing-shown.tsx';
import { words } from './words.ts';

const ROW_PX = 60;
const ROW_ON_PHONES_PX = 88;
const PHONE_PX = 640;

/** A row for each picture, with what became of it. */
export function ItemList({ batch, shown, width_px, top_px, from, onFailed }: ItemsProps) {
  const ended = !isOpenJob(batch);
  const row_px = width_px < PHONE_PX ? ROW_ON_PHONES_PX : ROW_PX;
  const items = useItems(batch, shown, { columns: 1, row_px, top_px });
  const { count, rows, at, active, height_px, error, pending, onKeyDown } = items;
  if (error) return <ProblemNotice error={error} />;
  if (count === 0) return pending ? null : <NothingShown batch={batch} shown={shown} />;
  return (
    <div role="table" aria-label={words.items} aria-rowcount={count + 1} onKeyDown={onKeyDown}>
      <div role="rowgroup" className={classes.head}>
        <div role="row" aria-rowindex={1} className={classes.columns}>
          {Object.values(words.listColumns).map((column) => (
            <span key={column} role="columnheader">
              {column}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" className={classes.body} style={{ height: height_px }}>
        {rows.map(({ first: place, top_px: y_px }) => (
          <div
            key={place}
            role="row"
            aria-rowindex={place + 2}
            className={`${classes.row} ${classes.columns}`}
            style={{ height: row_px, transform: `translateY(${y_px}px)` }}
          >
            <Row item={at(place)} {...{ place, from, ended, onFailed }} active={place === active} />
          </div>
        ))}
      </div>
    </div>
  );
}

interface RowProps extends Pick<ItemsProps, 'from' | 'onFailed'> {
  readonly item: BatchItem | undefined;
  readonly place: number;
  readonly active: boolean;
  readonly ended: boolean;
}

function Row({ item, ended, ...rest }: RowProps) {
  if (!item) {
    return (
      <span role="cell" className={classes.quiet}>
        {words.item(rest.place + 1)}
      </span>
    );
  }
  return (
    <>
      <span role="cell">
        <ItemState item={item} ended={ended} />
      </span>
      <span role="cell" className={classes.name}>
        <span className={classes.thumb} data-state={item.state}>
          <ItemPicture item={item} />
        </span>
        <Name item={item} {...rest} />
      </span>
      <span role="cell" className={classes.number}>
        {item.row === null ? '' : formatNumber(item.row)}
      </span>
      <span role="cell" className={classes.reason} data-state={item.state}>
        {reasonOf(item)}
      </span>
    </>
  );
}

type NameProps = Omit<RowProps, 'item' | 'ended'> & { readonly item: BatchItem };

function Name({ item, place, active, from, onFailed }: NameProps) {
  const own = { 'data-place': place, tabIndex: active ? 0 : -1, title: item.name };
  if (item.state === 'failed') {
    return (
      <button type="button" className={classes.open} onClick={() => onFailed(item)} {...own}>
        <FileName path={item.name} />
      </button>
    );
  }
  if (item.image === '')
    return (
      <span className={classes.open} {...own}>
        <FileName path={item.name} />
      </span>
    );
  return (
    <Link to={imagePath(item, from)} className={classes.open ?? ''} {...own}>
      <FileName path={item.name} />
    </Link>
  );
}

/** The file first: folders are long and alike. */
function FileName({ path }: { path: string }) {
  const at = path.lastIndexOf('/');
  return (
    <>
      {path.slice(at + 1)}
      {at > 0 && <span className={classes.folder}>{path.slice(0, at)}</span>}
    </>
  );
}

function ItemState({ item, ended }: { item: BatchItem; ended: boolean }) {
  const review = item.state === 'done' && item.review_state === 'needs_review';
  const Glyph = review
    ? IconAlertTriangle
    : { waiting: ended ? IconMinus : IconHourglass, running: IconLoader2, failed: IconCircleX, done: IconCircleCheck }[
        item.state
      ];
  return (
    <StateLine icon={Glyph} state={review ? 'review' : item.state}>
      {itemWord(item, ended)}
    </StateLine>
  );
}

/** Why it failed; else what there is to say of how it went. */
export function reasonOf({ state, problem, warnings, elapsed_ms }: BatchItem): string {
  if (problem && state !== 'done') return plainly(plainText(problem));
  if (warnings !== '') return warnings.replaceAll(' | ', ' · ');
  return state === 'done' && elapsed_ms !== null ? words.doneIn(formatTaken(elapsed_ms)) : '';
}
