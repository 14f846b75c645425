/** What mouse, pen and finger do to the pictures of a grid. */
import { useRef, type FocusEvent, type MouseEvent, type PointerEvent } from 'react';

export interface Hold {
  readonly onFocus: (event: FocusEvent) => void;
  readonly onClick: (event: MouseEvent) => void;
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
  readonly onContextMenu: (event: MouseEvent) => void;
}

interface Wishes {
  /** Something is selected: a tap selects rather than opens. */
  readonly picking: boolean;
  readonly toggle: (id: string) => void;
  readonly reach: (id: string) => void;
  readonly toggleSection: (first: number) => void;
  readonly open: (id: string) => void;
  /** The keyboard is there now. */
  readonly go: (id: string) => void;
}

const LONG_MS = 450;
const SLACK_PX = 10;

interface Press {
  readonly timer: ReturnType<typeof setTimeout>;
  readonly x: number;
  readonly y: number;
}

/** Clicks open, or select; shift selects ranges; a long press of a finger begins selecting. */
export function useHold(wishes: Wishes): Hold {
  const press = useRef<Press | undefined>(undefined);
  const held = useRef(false);
  const release = () => {
    clearTimeout(press.current?.timer);
    press.current = undefined;
  };
  return {
    onFocus: ({ target }) => {
      const id = pictureOf(target);
      if (id !== undefined) wishes.go(id);
    },
    onClick: (event) => {
      if (held.current) {
        held.current = false;
        event.preventDefault();
      } else click(event, wishes);
    },
    onPointerDown: (event) => {
      held.current = false;
      const id = pictureOf(event.target);
      if (event.pointerType === 'mouse' || id === undefined) return;
      const timer = setTimeout(() => {
        held.current = true;
        wishes.toggle(id);
        if ('vibrate' in navigator) navigator.vibrate(10);
      }, LONG_MS);
      press.current = { timer, x: event.clientX, y: event.clientY };
    },
    onPointerMove: ({ clientX, clientY }) => {
      const { x, y } = press.current ?? { x: clientX, y: clientY };
      if (Math.hypot(clientX - x, clientY - y) > SLACK_PX) release();
    },
    onPointerUp: release,
    onPointerCancel: release,
    onContextMenu: (event) => {
      if (press.current || held.current) event.preventDefault();
    },
  };
}

function click(event: MouseEvent, wishes: Wishes): void {
  const section = closest(event.target, '[data-section]')?.dataset['section'];
  if (section !== undefined) {
    wishes.toggleSection(Number(section));
    return;
  }
  const id = pictureOf(event.target);
  // With these keys the browser opens links elsewhere.
  if (id === undefined || ((event.ctrlKey || event.metaKey) && !isCheck(event.target))) return;
  event.preventDefault();
  if (event.shiftKey) wishes.reach(id);
  else if (wishes.picking || isCheck(event.target)) wishes.toggle(id);
  else wishes.open(id);
}

const closest = (target: EventTarget, selector: string): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>(selector) : null;
const pictureOf = (target: EventTarget): string | undefined => closest(target, '[data-picture]')?.dataset['picture'];
const isCheck = (target: EventTarget): boolean => closest(target, '[data-check]') !== null;
