/** A picture that fills its place and can be looked at closely: wheel, pinch, drag, double click, keys. */
import { useElementSize, useHotkeys } from '@mantine/hooks';
import { useRef, useState, type CSSProperties, type ReactNode, type TouchEvent } from 'react';
import { TransformComponent, TransformWrapper, type ReactZoomPanPinchRef } from 'react-zoom-pan-pinch';
import { useKeys } from '../keys.tsx';
import { words } from '../words.ts';
import { actualScale, closeScale, outgrowsPreview } from './actual-scale.ts';
import { Layers } from './layers.tsx';
import classes from './stage.module.css';
import { ZoomTools } from './zoom-tools.tsx';

export interface StagePicture {
  /** Another key is another picture: it begins unzoomed. */
  readonly key: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  readonly thumbhash?: string | null;
  /** From coarse to fine. */
  readonly sources: readonly string[];
  /** With every pixel: read once somebody looks that closely. */
  readonly full?: string | undefined;
}

interface ZoomStageProps {
  readonly picture: StagePicture;
  /** Further buttons beside those for zooming. */
  readonly tools?: ReactNode;
  /** To the next (1) or the one before (-1), by a swipe. */
  readonly onTurn?: (by: 1 | -1) => void;
}

const ANIMATION_MS = 180;
const SWIPE_PX = 60;
/** Not by a class: those of the library would win. */
const WHOLE: CSSProperties = { width: '100%', height: '100%' };

export const ZoomStage = (props: ZoomStageProps) => <Stage key={props.picture.key} {...props} />;

function Stage({ picture, tools, onTurn }: ZoomStageProps) {
  const zoom = useRef<ReactZoomPanPinchRef>(null);
  const { ref: frame, width: fit_px } = useElementSize();
  const [scale, setScale] = useState(1);
  const actual = actualScale(picture, fit_px, devicePixelRatio);
  const close = closeScale(actual);
  const zoomed = scale > 1.01;
  const [closely, setClosely] = useState(false);
  const swipe = useSwipe(zoomed ? undefined : onTurn);
  const steps = { in: () => void zoom.current?.zoomIn(scale * 0.5), out: () => void zoom.current?.zoomOut(scale / 3) };
  const fit = () => void zoom.current?.resetTransform(ANIMATION_MS);
  const toggle = () => (zoomed ? fit() : void zoom.current?.centerView(close, ANIMATION_MS));
  useZoomKeys(steps.in, steps.out, fit);
  return (
    <div className={classes.stage} {...swipe}>
      <TransformWrapper
        ref={zoom}
        centerOnInit
        centerZoomedOut
        minScale={1}
        maxScale={Math.max(4, actual * 4)}
        doubleClick={{ mode: zoomed ? 'reset' : 'zoomIn', step: close - 1, animationTime: ANIMATION_MS }}
        panning={{ disabled: !zoomed }}
        onTransform={(_, now) => {
          setScale(Math.round(now.scale * 1000) / 1000);
          if (outgrowsPreview(picture, now.scale / actual)) setClosely(true);
        }}
      >
        <TransformComponent wrapperStyle={WHOLE} wrapperProps={{ 'aria-label': picture.alt, role: 'img' }}>
          <div
            ref={frame}
            className={classes.frame}
            data-zoomed={zoomed}
            style={{ '--w': picture.width, '--h': picture.height } as CSSProperties}
          >
            <Layers
              thumbhash={picture.thumbhash}
              sources={closely && picture.full !== undefined ? [...picture.sources, picture.full] : picture.sources}
            />
          </div>
        </TransformComponent>
      </TransformWrapper>
      <ZoomTools share={scale / actual} onIn={steps.in} onOut={steps.out} onToggle={toggle} zoomed={zoomed}>
        {tools}
      </ZoomTools>
    </div>
  );
}

function useZoomKeys(zoomIn: () => void, zoomOut: () => void, fit: () => void): void {
  useKeys(words.stage.title, [
    { keys: 'plus', does: words.stage.zoomIn, run: zoomIn },
    { keys: '-', does: words.stage.zoomOut, run: zoomOut },
    { keys: '0', does: words.stage.fit, run: fit },
  ]);
  // Where + needs Shift, it is pressed with Shift or, just as often, without.
  useHotkeys([
    ['shift+plus', zoomIn],
    ['=', zoomIn],
  ]);
}

function useSwipe(onTurn: ((by: 1 | -1) => void) | undefined) {
  const begun = useRef<{ x: number; y: number } | undefined>(undefined);
  return {
    onTouchStart: ({ touches }: TouchEvent) => {
      const touch = touches[0];
      begun.current = touches.length === 1 && touch ? { x: touch.clientX, y: touch.clientY } : undefined;
    },
    onTouchEnd: (event: TouchEvent) => {
      const { target, changedTouches } = event;
      // The mouse events that browsers make up from a tap would end the zooming it began.
      const onButton = target instanceof Element && target.closest('button') !== null;
      if (!onButton && event.cancelable) event.preventDefault();
      const touch = changedTouches[0];
      if (!begun.current || !touch) return;
      const x = touch.clientX - begun.current.x;
      const y = touch.clientY - begun.current.y;
      begun.current = undefined;
      if (Math.abs(x) > SWIPE_PX && Math.abs(y) < Math.abs(x) / 2) onTurn?.(x < 0 ? 1 : -1);
    },
  };
}
