/** Months of a long list at its edge: click or drag to jump; the month in sight is told while scrolling. */
import { memo, useEffect, useState, type KeyboardEvent, type PointerEvent } from 'react';
import classes from './date-rail.module.css';
import { marksOf } from './marks.ts';
import { monthAt, type Month } from './sections.ts';
import { formatMonth } from './times.ts';
import { words } from './words.ts';

interface DateRailProps {
  readonly months: readonly Month[];
  /** Of the whole list, and where in the page it begins. */
  readonly height_px: number;
  readonly top_px: number;
}

const TOLD_MS = 900;

export default function DateRail({ months, height_px, top_px }: DateRailProps) {
  const { y_px, moving } = useScrolled(top_px);
  const range_px = Math.max(height_px - window.innerHeight / 2, 1);
  const at = monthAt(months, y_px);
  const text = formatMonth(months[at]?.time_ms ?? 0);
  const share = Math.min(Math.max(y_px / range_px, 0), 1);
  const goTo = (px: number) =>
    window.scrollTo({ top: top_px - TOP_PX + Math.max(px, -top_px + TOP_PX), behavior: 'instant' });
  const { dragging, pointer } = useDrag((part) => goTo(part * range_px));
  const step = (by: number) => {
    const next = months[Math.min(Math.max(at + by, 0), months.length - 1)];
    if (next) goTo(next.top_px);
  };
  return (
    <>
      <div
        className={classes.rail}
        role="slider"
        tabIndex={0}
        aria-label={words.rail}
        aria-orientation="vertical"
        aria-valuemin={0}
        aria-valuemax={months.length - 1}
        aria-valuenow={at}
        aria-valuetext={text}
        data-telling={moving || dragging || undefined}
        onKeyDown={stepping(step)}
        {...pointer}
      >
        <Marks months={months} range_px={range_px} />
        <span className={classes.here} style={{ top: `${share * 100}%` }}>
          <span className={classes.bubble}>{text}</span>
        </span>
      </div>
      <span className={classes.floating} data-telling={(moving && y_px > 0) || undefined} aria-hidden>
        {text}
      </span>
    </>
  );
}

const Marks = memo(function Marks({ months, range_px }: { months: readonly Month[]; range_px: number }) {
  return marksOf(months, range_px).map(({ text, share, year }) => (
    <span key={text + String(share)} className={year ? classes.year : classes.month} style={{ top: `${share * 100}%` }}>
      {text}
    </span>
  ));
});

/** Tells where it is pressed or dragged to: 0 at its top, 1 at its bottom. */
function useDrag(onPoint: (part: number) => void) {
  const [dragging, setDragging] = useState(false);
  const point = (event: PointerEvent<HTMLElement>) => {
    const { top, height } = event.currentTarget.getBoundingClientRect();
    onPoint((event.clientY - top) / height);
  };
  const end = () => setDragging(false);
  const pointer = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      setDragging(true);
      point(event);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => dragging && point(event),
    onPointerUp: end,
    onPointerCancel: end,
  };
  return { dragging, pointer };
}

const stepping = (step: (by: number) => void) => (event: KeyboardEvent) => {
  const by = STEPS[event.key];
  if (by === undefined) return;
  event.preventDefault();
  // Its keys are not those of the pictures.
  event.stopPropagation();
  step(by);
};

const TOP_PX = 56;
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowRight: 1,
  ArrowUp: -1,
  ArrowLeft: -1,
  PageDown: 12,
  PageUp: -12,
  Home: -Infinity,
  End: Infinity,
};

function useScrolled(top_px: number) {
  const [scrolled, setScrolled] = useState({ y_px: window.scrollY - top_px + TOP_PX, moving: false });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      setScrolled({ y_px: window.scrollY - top_px + TOP_PX, moving: true });
      clearTimeout(timer);
      timer = setTimeout(() => setScrolled((last) => ({ ...last, moving: false })), TOLD_MS);
    };
    addEventListener('scroll', look, { passive: true });
    return () => {
      removeEventListener('scroll', look);
      clearTimeout(timer);
    };
  }, [top_px]);
  return scrolled;
}
