import { Button, Text } from '@mantine/core';
import { createContext, useContext, useEffect, useEffectEvent, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useKeys } from '../../../../ui/keys.tsx';
import { words } from '../words.ts';
import classes from './tool-bar.module.css';

/** Where on the stage the bar of a tool is. */
export const BarPlace = createContext<HTMLElement | null>(null);

interface ToolBarProps {
  /** What to do now. */
  readonly title: string;
  readonly children?: ReactNode;
  /** undefined: there is nothing to keep yet. */
  readonly onDone: (() => void) | undefined;
  readonly onCancel: () => void;
  readonly busy?: boolean;
  /** There is much in it: where room is short, the title is only read aloud. */
  readonly full?: boolean;
  /** Whether Escape cancels. Not where that would lose work. */
  readonly escapes?: boolean;
}

export function ToolBar({
  title,
  children,
  onDone,
  onCancel,
  busy = false,
  full = false,
  escapes = true,
}: ToolBarProps) {
  const place = useContext(BarPlace);
  useKeys(title, [
    { keys: 'enter', does: words.done, run: (event) => isFree(event) && onDone?.(), prevent: false },
    { keys: 'escape', does: words.cancel, run: () => undefined, prevent: false },
  ]);
  useEscape(place, () => escapes && onCancel());
  if (!place) return null;
  return createPortal(
    <section className={classes.bar} aria-label={title}>
      <Text size="sm" className={classes.title} data-full={full || undefined}>
        {title}
      </Text>
      <div className={classes.controls}>{children}</div>
      <div className={classes.end}>
        <Button variant="subtle" color="gray" h={40} px={12} onClick={onCancel}>
          {words.cancel}
        </Button>
        <Button
          variant="light"
          className={classes.done}
          h={40}
          px={16}
          onClick={onDone}
          loading={busy}
          disabled={!onDone}
        >
          {words.done}
        </Button>
      </div>
    </section>,
    place,
  );
}

/** Enter presses the button it is on. */
const isFree = ({ target }: KeyboardEvent): boolean =>
  !(target instanceof Element && target.closest('button, a, [role="button"], [role="slider"], [role="option"]'));

/** Escape closes what is open in the bar first. It is heard before that closes. */
function useEscape(bar: HTMLElement | null, cancel: () => void): void {
  const onEscape = useEffectEvent(cancel);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isOpen = bar?.querySelector('[aria-expanded="true"]') || document.querySelector('[aria-modal="true"]');
      if (event.key === 'Escape' && !isOpen && !isTyped(event)) onEscape();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [bar]);
}

const isTyped = ({ target }: KeyboardEvent): boolean =>
  target instanceof Element && target.closest('input, textarea, select') !== null;
