import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useKeys } from '../keys.tsx';
import { words } from '../words.ts';
import classes from './stage.module.css';

interface TurnsProps {
  /** undefined: there is none. */
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
  /** Where buttons would be in the way. */
  readonly keysOnly?: boolean;
}

/** To the picture before and the one after, at the sides of a stage and by the arrow keys. */
export function Turns({ onPrevious, onNext, keysOnly = false }: TurnsProps) {
  useKeys(words.stage.title, [
    { keys: 'ArrowLeft', does: words.stage.previous, run: unlessSliding(onPrevious), prevent: false },
    { keys: 'ArrowRight', does: words.stage.next, run: unlessSliding(onNext), prevent: false },
  ]);
  if (keysOnly) return null;
  return (
    <>
      {onPrevious && (
        <ActionIcon className={classes.previous} size={44} aria-label={words.stage.previous} onClick={onPrevious}>
          <IconChevronLeft size={22} stroke={1.6} />
        </ActionIcon>
      )}
      {onNext && (
        <ActionIcon className={classes.next} size={44} aria-label={words.stage.next} onClick={onNext}>
          <IconChevronRight size={22} stroke={1.6} />
        </ActionIcon>
      )}
    </>
  );
}

/** Arrows on a slider, a menu or in a dialog are theirs. */
const unlessSliding =
  (run: (() => void) | undefined) =>
  ({ target }: KeyboardEvent): void => {
    const theirs = target instanceof Element && target.closest('[role="slider"], [role="menu"]');
    if (!theirs) run?.();
  };
