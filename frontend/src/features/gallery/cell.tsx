import { IconAlertTriangle, IconCheck, IconCircleCheck, IconPencil, IconX, type Icon } from '@tabler/icons-react';
import { memo } from 'react';
import { shownUrl } from '../../lib/api/files.ts';
import { useListedImage, type Image } from '../../lib/data/images.ts';
import { nameOf } from '../../lib/data/name-of.ts';
import { Picture } from '../../ui/picture.tsx';
import classes from './cell.module.css';
import { words } from './words.ts';

interface CellProps {
  readonly id: string;
  readonly width_px: number;
  readonly height_px: number;
  readonly state: Image['state'];
  readonly picked: boolean;
  /** The one the Tab key comes to. */
  readonly active: boolean;
  /** false: show what is known, ask for nothing. */
  readonly calm: boolean;
  /** Where it leads, after its id. */
  readonly search: string;
}

/** One picture of the grid. It handles nothing itself: the grid hears what happens to any of them. */
export const Cell = memo(function Cell({ id, width_px, height_px, state, picked, active, calm, search }: CellProps) {
  const { data: image } = useListedImage(id, { state, enabled: calm });
  const name = image ? nameOf(image) : words.picture;
  const tabIndex = active ? 0 : -1;
  return (
    <div
      className={classes.cell}
      style={{ width: width_px, height: height_px }}
      data-picture={id}
      data-picked={picked || undefined}
    >
      <a
        className={classes.link}
        href={`/images/${id}${search}`}
        tabIndex={tabIndex}
        draggable={false}
        aria-label={name}
      >
        {image && (
          <Picture
            eager
            className={classes.picture}
            src={shownUrl(image, 'thumb')}
            alt={name}
            thumbhash={image.shown.thumbhash}
          />
        )}
      </a>
      <button
        type="button"
        role="checkbox"
        className={classes.check}
        tabIndex={tabIndex}
        aria-checked={picked}
        aria-label={words.select(name)}
        data-check
      >
        <IconCheck size={16} stroke={2.4} aria-hidden />
      </button>
      {image && image.review_state !== 'original' && <ReviewState state={image.review_state} />}
    </div>
  );
});

const GLYPHS: Readonly<Record<string, Icon>> = {
  rendered: IconPencil,
  auto_approved: IconCircleCheck,
  approved: IconCircleCheck,
  needs_review: IconAlertTriangle,
  rejected: IconX,
};

function ReviewState({ state }: { state: string }) {
  const Glyph = GLYPHS[state] ?? IconPencil;
  return (
    <span className={classes.state} data-state={state}>
      <Glyph size={14} stroke={1.8} aria-hidden />
      {words.reviewStates[state] ?? state}
    </span>
  );
}
