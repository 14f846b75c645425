import { Skeleton } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClock,
  IconCopyCheck,
  IconPhotoOff,
  IconWorldDownload,
  type Icon,
} from '@tabler/icons-react';
import { memo } from 'react';
import { Link } from 'react-router';
import { useListedImage } from '../../lib/data/images.ts';
import type { ImportItem } from '../../lib/data/imports.ts';
import { Thumbnail } from '../../ui/listed-picture.tsx';
import { reasonOf } from './reason.ts';
import classes from './rows.module.css';
import { shownAddress } from './shown-address.ts';
import { words } from './words.ts';

type RowState = keyof typeof words.states;

const ICONS: Readonly<Record<RowState, Icon>> = {
  waiting: IconClock,
  running: IconWorldDownload,
  failed: IconAlertTriangle,
  new: IconCircleCheck,
  known: IconCopyCheck,
};

const stateOf = ({ state, duplicate }: ImportItem): RowState =>
  state === 'done' ? (duplicate ? 'known' : 'new') : state;

/** One address: what became of it first. */
export const ImportRow = memo(function ImportRow({ item }: { item: ImportItem }) {
  const { name, sku, product_group, image, attempts } = item;
  const state = stateOf(item);
  const Glyph = ICONS[state];
  const reason = reasonOf(item);
  const tried = state === 'failed' && attempts > 1 ? ` (${words.attempts(attempts)})` : '';
  return (
    <>
      <span role="cell" className={classes.state} data-state={state}>
        <Glyph size={18} stroke={1.6} aria-hidden /> {words.states[state]}
      </span>
      <span role="cell" className={classes.address} title={name}>
        {image === '' ? <NoThumb failed={state === 'failed'} /> : <Thumb image={image} name={name} />}
        <span className={classes.link}>
          {image === '' ? shownAddress(name) : <Link to={`/images/${image}`}>{shownAddress(name)}</Link>}
        </span>
      </span>
      <span role="cell" className={classes.product}>
        <span>{sku}</span>
        <small>{product_group}</small>
      </span>
      <span role="cell" className={classes.reason}>
        {image === '' && <span title={reason + tried}>{reason + tried}</span>}
      </span>
    </>
  );
});

const NoThumb = ({ failed }: { failed: boolean }) => (
  <span className={classes.thumb}>{failed && <IconPhotoOff size={20} stroke={1.4} aria-hidden />}</span>
);

function Thumb({ image, name }: { image: string; name: string }) {
  const { data } = useListedImage(image);
  if (!data) return <span className={classes.thumb} />;
  return (
    <Link to={`/images/${image}`} className={classes.thumb} aria-label={words.show(shownAddress(name))}>
      <Thumbnail image={data} />
    </Link>
  );
}

export const RowSkeleton = () => (
  <>
    <span role="cell" className={classes.state}>
      <Skeleton height={16} width={96} />
    </span>
    <span role="cell" className={classes.address}>
      <span className={classes.thumb} />
      <Skeleton height={16} width="70%" />
    </span>
  </>
);
