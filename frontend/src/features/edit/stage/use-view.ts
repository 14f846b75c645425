/** The view of one stage: how large the picture is on it, and where. */
import { useHotkeys } from '@mantine/hooks';
import { useState, type KeyboardEvent } from 'react';
import { useKeys } from '../../../ui/keys.tsx';
import { useGestures } from './use-gestures.ts';
import { useHeldKey } from './use-held-key.ts';
import { useSize } from './use-size.ts';
import {
  fittedSize,
  FITTED,
  inSight,
  movedBy,
  placed,
  trueZoom,
  zoomedAt,
  type Box,
  type Size,
  type View,
} from './view.ts';
import { words } from './words.ts';

const ZOOM_STEP = 1.25;
const MOVE_PX = 40;
const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

export interface StageView {
  readonly stage: Size | undefined;
  readonly box: Box | undefined;
  readonly spaceHeld: boolean;
  /** CSS pixels of the screen per pixel of the saved picture, times the screen's density. */
  readonly share: number;
  readonly fit: () => void;
  readonly trueSize: () => void;
  readonly zoomBy: (factor: number) => void;
  readonly toggle: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** element: the stage. saved: pixels of the picture when it is saved. drags: the mouse moves it. */
export function useView(element: HTMLElement | null, saved: Size, drags: boolean): StageView {
  const [view, setView] = useState(FITTED);
  const stage = useSize(element);
  const spaceHeld = useHeldKey('Space');
  const change = (next: (view: View) => View) =>
    setView((before) => (stage ? inSight(next(before), stage, saved) : before));
  useGestures(element, { onChange: change, drags, spaceHeld });
  const density = window.devicePixelRatio;
  const zoomBy = (factor: number) => change((before) => zoomedAt(before, factor));
  const fit = () => setView(FITTED);
  const trueSize = () => stage && change((before) => zoomedAt(before, trueZoom(stage, saved, density) / before.zoom));
  useKeys(words.picture, [
    { keys: 'plus', does: words.zoomIn, run: () => zoomBy(ZOOM_STEP) },
    { keys: '-', does: words.zoomOut, run: () => zoomBy(1 / ZOOM_STEP) },
    { keys: '0', does: words.fit, run: fit },
    { keys: '1', does: words.trueSize, run: trueSize },
    { keys: 'space', does: words.pan, run: () => undefined, prevent: false },
    { keys: '\\', does: words.holdOriginal, run: () => undefined },
  ]);
  // The same key on other keyboards.
  useHotkeys([
    ['shift+plus', () => zoomBy(ZOOM_STEP)],
    ['=', () => zoomBy(ZOOM_STEP)],
  ]);
  return {
    stage,
    box: stage && placed(view, stage, saved),
    spaceHeld,
    share: stage ? (fittedSize(stage, saved).width * view.zoom * density) / saved.width : 1,
    fit,
    trueSize,
    zoomBy,
    toggle: () => (view.zoom === 1 && view.x === 0 && view.y === 0 ? trueSize() : fit()),
    onKeyDown: (event) => {
      const [x, y] = MOVES[event.key] ?? [0, 0];
      if (event.target !== event.currentTarget || (x === 0 && y === 0)) return;
      event.preventDefault();
      change((before) => movedBy(before, { x: x * MOVE_PX, y: y * MOVE_PX }));
    },
  };
}
