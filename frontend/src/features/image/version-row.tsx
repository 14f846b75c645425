import { UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { CSSProperties, ReactNode } from 'react';
import { Picture } from '../../ui/picture.tsx';
import classes from './panel.module.css';
import { words } from './words.ts';

interface VersionRowProps {
  readonly title: string;
  readonly lines: readonly string[];
  /** What somebody should look at. */
  readonly notes: readonly string[];
  /** '' while it is not there yet. */
  readonly thumb: string;
  readonly width: number;
  readonly height: number;
  readonly thumbhash: string | null;
  readonly current: boolean;
  readonly looked: boolean;
  readonly onLook: () => void;
  readonly menu: ReactNode;
}

/** One version, or the original, in the list of them. A click looks at it. */
export function VersionRow(props: VersionRowProps) {
  const { title, lines, notes, thumb, thumbhash, width, height, current, looked, onLook, menu } = props;
  return (
    <li className={classes.row} data-looked={looked}>
      <UnstyledButton className={classes.look} aria-current={looked} onClick={onLook}>
        <span className={classes.thumb}>
          {thumb !== '' && (
            <Picture key={thumb} src={thumb} alt="" thumbhash={thumbhash} style={fitted(width, height)} />
          )}
        </span>
        <span className={classes.told}>
          <b>{title}</b>
          {current && (
            <span className={classes.current}>
              <IconCheck size={16} stroke={2} aria-hidden /> {words.versions.current}
            </span>
          )}
          {lines.map((line) => (
            <span key={line}>{line}</span>
          ))}
          {notes.map((note) => (
            <span key={note} className={classes.note}>
              <IconAlertTriangle size={16} stroke={1.6} aria-hidden /> {note}
            </span>
          ))}
        </span>
      </UnstyledButton>
      {menu}
    </li>
  );
}

const THUMB_PX = 56;

/** As large as it fits into the square, so that nothing but the picture itself shows its ground. */
const fitted = (width: number, height: number): CSSProperties => ({
  width: THUMB_PX * Math.min(1, width / height),
  height: THUMB_PX * Math.min(1, height / width),
  borderRadius: 4,
});
