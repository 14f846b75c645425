import { Progress } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconClock,
  IconCopyCheck,
  IconEyeOff,
  IconUpload,
  type Icon,
} from '@tabler/icons-react';
import { memo } from 'react';
import { Link } from 'react-router';
import { formatBytes } from '../../lib/format.ts';
import type { Row, RowState } from './rows-of.ts';
import { sameness, type Picked } from './picked.ts';
import { Thumb } from './thumb.tsx';
import classes from './upload.module.css';
import { words } from './words.ts';

const ICONS: Readonly<Record<RowState, Icon>> = {
  waiting: IconClock,
  running: IconUpload,
  created: IconCircleCheck,
  duplicate: IconCopyCheck,
  failed: IconAlertTriangle,
  unsent: IconBan,
  left: IconEyeOff,
};

interface FileRowProps extends Row {
  /** Its id, once it is in the gallery. */
  readonly image: string;
}

/** One file: what it looks like, how far it is, what became of it. Drawn anew only where that changes. */
export const FileRow = memo(function FileRow({ picked, task, state, image }: FileRowProps) {
  return (
    <>
      <Thumb key={sameness(picked)} file={picked.file} />
      <Name picked={picked} image={image} />
      <Course picked={picked} task={task} state={state} />
    </>
  );
});

function Name({ picked: { file, folder }, image }: { picked: Picked; image: string }) {
  return (
    <span className={classes.name}>
      {image === '' ? (
        <b title={file.name}>{file.name}</b>
      ) : (
        <Link to={`/images/${image}`} title={words.show(file.name)}>
          {file.name}
        </Link>
      )}
      <small>{[folder, formatBytes(file.size)].filter(Boolean).join(' · ')}</small>
    </span>
  );
}

function Course({ picked, task, state }: Row) {
  const Glyph = ICONS[state];
  const reason = reasonOf({ picked, task, state });
  return (
    <span className={classes.state} data-state={state}>
      <span hidden={state === 'waiting' && !task}>
        <Glyph size={18} stroke={1.6} aria-hidden /> {words.states[state]}
      </span>
      {state === 'running' && <Progress size={4} value={(task?.share ?? 0) * 100} aria-label={picked.file.name} />}
      {reason !== '' && <small>{reason}</small>}
    </span>
  );
}

function reasonOf({ picked, task, state }: Row): string {
  if (picked.left !== '') return words.reasons[picked.left];
  return state === 'failed' ? (task?.note ?? '') : '';
}
