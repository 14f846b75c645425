import { useEffect, useRef, useState, type PointerEvent } from 'react';
import type { Box, Point } from '../view.ts';
import { words } from '../words.ts';
import { tinted, wholeOf, type Tint } from './mask.ts';
import classes from './paint-tool.module.css';
import type { Painting } from './painting.ts';

/** As somebody chose it: across, in pixels of the screen. */
export interface BrushChoice {
  readonly size_px: number;
  readonly softness: number;
  readonly erase: boolean;
}

interface PaintCanvasProps {
  readonly painting: Painting;
  readonly brush: BrushChoice;
  readonly tintProduct: boolean;
  /** Width on the screen. */
  readonly shown_px: number;
}

const OPACITY = 0.45;

/** The mask as a tint over the picture, and the brush that paints on it. */
export function PaintCanvas({ painting, brush, tintProduct, shown_px }: PaintCanvasProps) {
  const [canvas, setCanvas] = useState<HTMLCanvasElement | null>(null);
  const cursor = useRef<HTMLDivElement>(null);
  const draw = useDraw(canvas, painting, tintProduct);
  const strokes = useStrokes(painting, brush, shown_px, draw);
  const place = ({ nativeEvent: { offsetX, offsetY } }: PointerEvent) => {
    if (cursor.current) cursor.current.style.transform = `translate(${offsetX}px, ${offsetY}px) translate(-50%, -50%)`;
  };
  return (
    <div className={classes.area} data-erase={brush.erase || undefined}>
      <canvas
        ref={setCanvas}
        width={painting.mask.width}
        height={painting.mask.height}
        className={classes.canvas}
        role="img"
        aria-label={words.canvas}
        {...strokes}
        onPointerMove={(event) => {
          place(event);
          strokes.onPointerMove(event);
        }}
      />
      <div
        ref={cursor}
        className={classes.cursor}
        style={{ width: brush.size_px, height: brush.size_px }}
        aria-hidden
      />
    </div>
  );
}

/** Draws what changed, and everything where the look of it changed. */
function useDraw(canvas: HTMLCanvasElement | null, painting: Painting, product: boolean): (part: Box) => void {
  const [color] = useState(accent);
  useEffect(() => {
    const draw = (part: Box) => drawPart(canvas, painting, { color, opacity: OPACITY, product }, part);
    draw(wholeOf(painting.mask));
    return painting.followParts(draw);
  }, [canvas, painting, product, color]);
  return (part) => drawPart(canvas, painting, { color, opacity: OPACITY, product }, part);
}

function drawPart(canvas: HTMLCanvasElement | null, { mask }: Painting, tint: Tint, part: Box): void {
  const context = canvas?.getContext('2d');
  if (!context) return;
  context.putImageData(new ImageData(tinted(mask, part, tint), part.width, part.height), part.x, part.y);
}

/** Pointer events as lines on the mask. */
function useStrokes(painting: Painting, choice: BrushChoice, shown_px: number, draw: (part: Box) => void) {
  const last = useRef<Point>(undefined);
  const scale = painting.mask.width / shown_px;
  const pointOf = ({ clientX, clientY }: MouseEvent, area: Element): Point => {
    const { left, top } = area.getBoundingClientRect();
    return { x: (clientX - left) * scale, y: (clientY - top) * scale };
  };
  const paint = (to: Point, pressure: number) => {
    const radius_px = Math.max((choice.size_px * scale * pressure) / 2, 0.5);
    const part = painting.line(last.current ?? to, to, { ...choice, radius_px });
    last.current = to;
    if (part) draw(part);
  };
  const giveUp = () => {
    last.current = undefined;
    const part = painting.giveUp();
    if (part) draw(part);
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLCanvasElement>) => {
      if (event.button !== 0 && event.button !== 5) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      painting.begin();
      paint(pointOf(event.nativeEvent, event.currentTarget), pressureOf(event.nativeEvent));
    },
    onPointerMove: (event: PointerEvent<HTMLCanvasElement>) => {
      const { currentTarget: area, nativeEvent } = event;
      if (last.current === undefined) return;
      // A second finger came: it zooms.
      if (area.closest('[data-dragged]')) {
        giveUp();
        return;
      }
      const to = pointsOf(nativeEvent).map((one) => pointOf(one, area));
      for (const point of thinned(to, (choice.size_px * scale) / 8)) paint(point, pressureOf(nativeEvent));
    },
    onPointerUp: () => {
      last.current = undefined;
      painting.end();
    },
    onPointerCancel: giveUp,
  };
}

const pointsOf = (event: globalThis.PointerEvent): globalThis.PointerEvent[] => {
  const all = event.getCoalescedEvents();
  return all.length > 0 ? all : [event];
};

/** Pens press; fingers and mice do not. */
const pressureOf = ({ pointerType, pressure }: globalThis.PointerEvent): number =>
  pointerType === 'pen' ? 0.3 + 0.7 * pressure : 1;

/** Points too near to each other only cost time. The last one stays. */
function thinned(points: readonly Point[], least_px: number): readonly Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const before = kept.at(-1);
    if (!before || point === points.at(-1) || Math.hypot(point.x - before.x, point.y - before.y) >= least_px)
      kept.push(point);
  }
  return kept;
}

function accent(): readonly [number, number, number] {
  const text = getComputedStyle(document.documentElement).getPropertyValue('--accent').trim();
  const [red = 14, green = 107, blue = 102] = (text.match(/[0-9a-f]{2}/gi) ?? []).map((hex) => parseInt(hex, 16));
  return [red, green, blue];
}
