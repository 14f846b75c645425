import { ActionIcon, Button, Text, Tooltip } from '@mantine/core';
import { IconArrowsMaximize, IconEye, IconSquareHalf, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatNumber } from '../../../lib/format.ts';
import { MOST_PX } from './frames.ts';
import classes from './stage.module.css';
import type { StageView } from './use-view.ts';
import type { Size } from './view.ts';
import { words } from './words.ts';

const STEP = 1.25;
const SIZE = 40;

interface ToolbarProps {
  readonly view: StageView;
  readonly saved: Size;
  readonly split: boolean;
  readonly onSplit: (split: boolean) => void;
  /** A tool is on the picture: there is nothing to compare. */
  readonly busy: boolean;
  readonly onHold: (held: boolean) => void;
  /** What belongs to the end of it: the grounds. */
  readonly children: ReactNode;
}

/** How the picture is looked at. Nothing here changes the recipe. */
export function Toolbar({ view, saved, split, onSplit, busy, onHold, children }: ToolbarProps) {
  return (
    <div className={classes.toolbar} role="toolbar" aria-label={words.picture}>
      <Tool label={words.zoomOut} onClick={() => view.zoomBy(1 / STEP)} className={classes.wide}>
        <IconZoomOut size={20} stroke={1.6} />
      </Tool>
      <Percent view={view} saved={saved} />
      <Tool label={words.zoomIn} onClick={() => view.zoomBy(STEP)} className={classes.wide}>
        <IconZoomIn size={20} stroke={1.6} />
      </Tool>
      <Tool label={words.fitHelp} onClick={view.fit}>
        <IconArrowsMaximize size={20} stroke={1.6} />
      </Tool>
      <Tooltip label={words.trueSizeHelp}>
        <Button variant="subtle" color="gray" px={8} h={SIZE} onClick={view.trueSize}>
          {words.trueSize}
        </Button>
      </Tooltip>
      <hr aria-hidden />
      <Tool label={words.compareHelp} pressed={split} disabled={busy} onClick={() => onSplit(!split)}>
        <IconSquareHalf size={20} stroke={1.6} />
      </Tool>
      <HoldOriginal onHold={onHold} />
      {children}
    </div>
  );
}

function Percent({ view, saved }: { view: StageView; saved: Size }) {
  const most = Math.max(saved.width, saved.height);
  const limited = most > MOST_PX && view.share > MOST_PX / most;
  return (
    <Tooltip label={words.limited(formatNumber(MOST_PX))} disabled={!limited} multiline maw={260}>
      <Text className={classes.zoom} aria-label={words.zoomIs(view.share)} role="status" aria-live="off">
        {words.percent(view.share)}
        {limited && <sup aria-hidden> ≈</sup>}
      </Text>
    </Tooltip>
  );
}

function HoldOriginal({ onHold }: { onHold: (held: boolean) => void }) {
  const isKey = (key: string) => key === ' ' || key === 'Enter';
  return (
    <Tooltip label={words.holdOriginalHelp}>
      <ActionIcon
        size={SIZE}
        aria-label={words.holdOriginal}
        onPointerDown={() => onHold(true)}
        onPointerUp={() => onHold(false)}
        onPointerLeave={() => onHold(false)}
        onPointerCancel={() => onHold(false)}
        onContextMenu={(event) => event.preventDefault()}
        onKeyDown={({ key }) => isKey(key) && onHold(true)}
        onKeyUp={({ key }) => isKey(key) && onHold(false)}
        onBlur={() => onHold(false)}
      >
        <IconEye size={20} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}

interface ToolProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

function Tool({ label, onClick, pressed, disabled, className, children }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        size={SIZE}
        variant={pressed ? 'light' : 'subtle'}
        color={pressed ? 'glass' : 'gray'}
        aria-label={label}
        aria-pressed={pressed}
        disabled={disabled}
        onClick={onClick}
        className={`${classes.press} ${className ?? ''}`}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
