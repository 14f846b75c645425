import { IconAlertTriangle, IconCircleX, IconHourglass, IconLoader2, IconPhotoOff } from '@tabler/icons-react';
import { memo } from 'react';
import { Link } from 'react-router';
import { originalThumbUrl, versionUrl } from '../../lib/api/files.ts';
import type { BatchItem } from '../../lib/data/batches.ts';
import { words as jobWords } from '../../ui/job/words.ts';
import { shortReason } from '../../ui/job/reasons.ts';
import turning from '../../ui/job/turning.module.css';
import { Picture } from '../../ui/picture.tsx';
import classes from './item-grid.module.css';
import { words } from './words.ts';

interface ItemCellProps {
  readonly item: BatchItem;
  readonly place: number;
  readonly side_px: number;
  /** The one the Tab key comes to. */
  readonly active: boolean;
  readonly from: string;
  /** The batch has ended: what waits is left as it is. */
  readonly ended: boolean;
  readonly onFailed: (item: BatchItem) => void;
}

/** One picture of a batch: its result once there is one; what it was, dimmed, until then. */
export const ItemCell = memo(function ItemCell(props: ItemCellProps) {
  const { item, place, side_px, active, from, ended, onFailed } = props;
  const at = {
    className: classes.cell,
    style: { width: side_px, height: side_px },
    'data-place': place,
    'data-state': item.state,
    'aria-label': words.itemLabel(item.name, itemWord(item, ended)),
    title: item.name,
    tabIndex: active ? 0 : -1,
  };
  const inside = (
    <>
      <ItemPicture item={item} />
      <ItemMark item={item} ended={ended} />
    </>
  );
  if (item.state === 'failed') {
    return (
      <button type="button" {...at} onClick={() => onFailed(item)}>
        {inside}
      </button>
    );
  }
  if (item.image === '') {
    return (
      <span role="img" {...at}>
        {inside}
      </span>
    );
  }
  return (
    <Link to={imagePath(item, from)} {...at} className={classes.cell ?? ''} draggable={false}>
      {inside}
    </Link>
  );
});

/** The picture of an item, with what was made of it. */
export function imagePath({ image, version, state }: BatchItem, from: string): string {
  const shown = state === 'done' && version !== '' ? `version=${version}&` : '';
  return `/images/${image}?${shown}from=${encodeURIComponent(from)}`;
}

/** Its state in a word or two, as it is shown and read out. */
export function itemWord({ state, problem, review_state }: BatchItem, ended = false): string {
  if (state === 'waiting' && ended) return words.notDone;
  if (state === 'failed' && problem) return shortReason(problem.code);
  if (state === 'done' && review_state === 'needs_review') return words.needsReview;
  return jobWords.itemStates[state];
}

export function ItemPicture({ item }: { item: BatchItem }) {
  const { image, version, state, name } = item;
  if (image === '')
    return (
      <span className={classes.none} aria-hidden>
        <IconPhotoOff size={24} stroke={1.4} />
      </span>
    );
  const src = state === 'done' && version !== '' ? versionUrl(image, version, 'thumb') : originalThumbUrl(image);
  return <Picture key={src} className={classes.picture} src={src} alt={name} eager />;
}

function ItemMark({ item, ended }: { item: BatchItem; ended: boolean }) {
  const { state, review_state } = item;
  if (state === 'waiting' && ended) return null;
  if (state === 'done' && review_state !== 'needs_review') return null;
  const Glyph = { waiting: IconHourglass, running: IconLoader2, failed: IconCircleX, done: IconAlertTriangle }[state];
  const quiet = state === 'waiting' || state === 'running';
  return (
    <span className={classes.mark} data-state={state === 'done' ? 'review' : state} aria-hidden>
      <Glyph size={16} stroke={1.8} className={state === 'running' ? (turning.turning ?? '') : ''} />
      {!quiet && <span className={classes.reason}>{itemWord(item)}</span>}
    </span>
  );
}
