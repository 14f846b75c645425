import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { lazy, Suspense, type CSSProperties, type ReactNode } from 'react';
import type { ApiProblem } from '../../../lib/api/problem.ts';
import { shownUrl } from '../../../lib/api/files.ts';
import type { Image } from '../../../lib/data/images.ts';
import { placeholderOf } from '../../../ui/thumbhash.ts';
import type { Frame } from './frames.ts';
import classes from './stage.module.css';
import type { StageView } from './use-view.ts';
import { words } from './words.ts';

const Split = lazy(() => import('./split.tsx'));
/** From here on single pixels are seen, and shall be seen as such. */
const PIXELS_FROM = 4;

interface SurfaceProps {
  readonly image: Image;
  readonly view: StageView;
  readonly shown: Frame | undefined;
  readonly original: Frame | undefined;
  readonly holding: boolean;
  readonly split: boolean;
  /** The tool shows the picture itself. */
  readonly bare: boolean;
  readonly ground: CSSProperties | undefined;
  readonly checkered: boolean;
  readonly problem: ApiProblem | undefined;
  readonly onRetry: () => void;
  /** What lies exactly over the picture. */
  readonly children: ReactNode;
}

interface OnStage {
  /** Hears of the element that the view is on. */
  readonly onStage: (stage: HTMLElement | null) => void;
}

/** Where the picture lies: moved and zoomed, with its ground below and the tool above it. */
export function Surface({ onStage, ...props }: SurfaceProps & OnStage) {
  const { image, view, shown, problem, onRetry, children, holding } = props;
  const { box } = view;
  const place = box && { width: box.width, height: box.height, transform: `translate(${box.x}px, ${box.y}px)` };
  return (
    <div
      ref={onStage}
      className={classes.surface}
      tabIndex={0}
      role="group"
      aria-label={words.stage}
      data-drags={children ? undefined : true}
      data-space={view.spaceHeld || undefined}
      onKeyDown={view.onKeyDown}
      onDoubleClick={children ? undefined : view.toggle}
    >
      {place && (
        <div className={classes.frame} style={shown ? place : { ...place, background: blurred(image) }}>
          <Looks {...props} />
          {!holding && children !== undefined && <div className={classes.over}>{children}</div>}
        </div>
      )}
      {holding && <span className={classes.label}>{words.original}</span>}
      {problem && <Trouble problem={problem} onRetry={onRetry} />}
    </div>
  );
}

/** Until there is a picture: the thumb, which is likely there already, over its blur. */
const blurred = (image: Image): string =>
  [shownUrl(image, 'thumb'), placeholderOf(image.shown.thumbhash || image.thumbhash)]
    .filter((url) => url !== undefined)
    .map((url) => `center / 100% 100% no-repeat url("${url}")`)
    .join(', ');

/** The pictures themselves. */
function Looks({ image, view, shown, original, holding, split, bare, ground, checkered }: SurfaceProps) {
  if (holding && original) return <Shot frame={original} alt={words.originalOf(image.name)} share={view.share} />;
  if (!shown || bare) return null;
  if (split && original)
    return (
      <Suspense fallback={<Shot frame={shown} alt="" share={view.share} />}>
        <Split original={original} result={shown} ground={checkered ? undefined : ground} name={image.name} />
      </Suspense>
    );
  return (
    <>
      {(ground ?? shown.transparent) && (
        <div className={classes.ground} aria-hidden>
          <div className={checkered || !ground ? 'checkered' : ''} style={ground} />
        </div>
      )}
      <Shot frame={shown} alt={words.pictureOf(image.name)} share={view.share} />
    </>
  );
}

function Shot({ frame, alt, share }: { frame: Frame; alt: string; share: number }) {
  return (
    <img
      src={frame.url}
      alt={alt}
      // Shown at once with the rest: it was decoded before.
      decoding="sync"
      draggable={false}
      className={classes.picture}
      data-pixels={share >= PIXELS_FROM || undefined}
    />
  );
}

function Trouble({ problem, onRetry }: { problem: ApiProblem; onRetry: () => void }) {
  return (
    <div className={classes.trouble} role="alert">
      <IconAlertTriangle size={20} stroke={1.6} aria-hidden />
      <div>
        {problem.message} {words.notShown}
      </div>
      <Button variant="default" h={40} onClick={onRetry}>
        {words.retry}
      </Button>
    </div>
  );
}
