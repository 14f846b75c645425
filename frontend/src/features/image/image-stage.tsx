import { Skeleton } from '@mantine/core';
import { IconArrowsDiff, IconEye } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import type { Image } from '../../lib/data/images.ts';
import { useKeys } from '../../ui/keys.tsx';
import { Fitted } from '../../ui/stage/fitted.tsx';
import { StageTool } from '../../ui/stage/stage-tool.tsx';
import { Turns } from '../../ui/stage/turns.tsx';
import { ZoomStage } from '../../ui/stage/zoom-stage.tsx';
import { useHeldKey } from './held-key.ts';
import classes from './image-view.module.css';
import type { Comparing } from './use-comparing.ts';
import { originalPicture, stagePicture, type Looked } from './looked.ts';
import { words } from './words.ts';

const Compare = lazy(() => import('./compare.tsx'));

interface ImageStageProps {
  readonly image: Image;
  readonly looked: Looked;
  readonly comparing: Comparing;
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
}

/** The picture, and the original beside it, over it, or in its place. */
export function ImageStage({ image, looked, comparing, onPrevious, onNext }: ImageStageProps) {
  const [pressed, setPressed] = useState(false);
  const { differs } = comparing;
  const held = useHeldKey('\\') || pressed;
  useKeys(words.page, [
    { keys: 'C', does: words.compare, run: comparing.toggle },
    { keys: '\\', does: words.hold, run: () => undefined },
  ]);
  const before = originalPicture(image);
  const picture = stagePicture(image, looked);
  const after = looked.kind === 'original' ? stagePicture(image, { kind: 'unread', current: true }) : picture;
  const tools = differs && (
    <>
      <StageTool label={words.compare} pressed={comparing.shown} onClick={comparing.toggle}>
        <IconArrowsDiff size={20} stroke={1.6} />
      </StageTool>
      {!comparing.shown && (
        <StageTool label={words.hold} onHold={setPressed}>
          <IconEye size={20} stroke={1.6} />
        </StageTool>
      )}
    </>
  );
  return (
    <div className={classes.stage}>
      {comparing.shown ? (
        <div className={classes.comparing}>
          <Suspense fallback={<Skeleton height="100%" />}>
            <Compare before={before} after={after} />
          </Suspense>
          <div className={classes.compareTools} data-at-floor>
            {tools}
          </div>
        </div>
      ) : (
        <ZoomStage picture={picture} tools={tools} onTurn={(by) => (by === 1 ? onNext?.() : onPrevious?.())} />
      )}
      {held && differs && (
        <div className={classes.held}>
          <Fitted picture={before} label={words.before} />
          <span className={classes.before}>{words.before}</span>
        </div>
      )}
      <Turns onPrevious={onPrevious} onNext={onNext} keysOnly={comparing.shown} />
    </div>
  );
}
