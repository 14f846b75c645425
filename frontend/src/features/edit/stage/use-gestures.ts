/** Wheel, pinch, drag and arrow keys move the view. */
import { useEffect, useEffectEvent } from 'react';
import { movedBy, pinched, zoomedAt, type Point, type View } from './view.ts';

const WHEEL_SPEED = 0.0016;
const PINCH_SPEED = 0.01;
const LINE_PX = 24;
/** Things on the picture that are dragged themselves. */
const DRAGGED_THEMSELVES = '[role="slider"], button, input, a';

interface Gestures {
  readonly onChange: (change: (view: View) => View) => void;
  /** Whether one finger or the mouse moves the picture: not where a tool is used, unless space is held. */
  readonly drags: boolean;
  readonly spaceHeld: boolean;
}

export function useGestures(stage: HTMLElement | null, { onChange, drags, spaceHeld }: Gestures): void {
  const change = useEffectEvent(onChange);
  const mayDrag = useEffectEvent(({ button, target }: PointerEvent) => {
    if (spaceHeld || button === 1) return true;
    return drags && button === 0 && !(target instanceof Element && target.closest(DRAGGED_THEMSELVES));
  });
  useEffect(() => {
    if (!stage) return;
    const ending = new AbortController();
    const options = { signal: ending.signal };
    followWheel(stage, change, options);
    followPointers(stage, change, mayDrag, options);
    return () => ending.abort();
  }, [stage]);
}

type Change = (change: (view: View) => View) => void;
interface Options {
  readonly signal: AbortSignal;
}

function pointOn(stage: HTMLElement, { clientX, clientY }: MouseEvent): Point {
  const box = stage.getBoundingClientRect();
  return { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 };
}

function followWheel(stage: HTMLElement, change: Change, options: Options): void {
  const onWheel = (event: WheelEvent) => {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
    // A pinch on a touchpad comes as a wheel with ctrl.
    const factor = Math.exp(-event.deltaY * lines * (event.ctrlKey ? PINCH_SPEED : WHEEL_SPEED));
    const point = pointOn(stage, event);
    change((view) => zoomedAt(view, factor, point));
  };
  stage.addEventListener('wheel', onWheel, { ...options, passive: false });
}

function followPointers(
  stage: HTMLElement,
  change: Change,
  mayDrag: (event: PointerEvent) => boolean,
  options: Options,
): void {
  const held = new Map<number, Point>();
  const begin = (event: PointerEvent) => {
    const second = event.pointerType === 'touch' && held.size === 1;
    if (second || held.size > 0 || mayDrag(event)) {
      // What lies on the picture hears nothing of it.
      event.stopPropagation();
      event.preventDefault();
      stage.focus({ preventScroll: true });
      stage.setPointerCapture(event.pointerId);
      stage.dataset['dragged'] = 'yes';
    } else if (event.pointerType !== 'touch') return;
    held.set(event.pointerId, pointOn(stage, event));
  };
  const move = (event: PointerEvent) => {
    const before = [...held.values()];
    if (!held.has(event.pointerId) || stage.dataset['dragged'] !== 'yes') return;
    held.set(event.pointerId, pointOn(stage, event));
    const now = [...held.values()];
    const [a, b] = before;
    const [c, d] = now;
    if (a && b && c && d) change((view) => pinched(view, [a, b], [c, d]));
    else if (a && c) change((view) => movedBy(view, { x: c.x - a.x, y: c.y - a.y }));
  };
  const end = (event: PointerEvent) => {
    held.delete(event.pointerId);
    if (held.size === 0) delete stage.dataset['dragged'];
  };
  stage.addEventListener('pointerdown', begin, { ...options, capture: true });
  stage.addEventListener('pointermove', move, options);
  stage.addEventListener('pointerup', end, options);
  stage.addEventListener('pointercancel', end, options);
}
