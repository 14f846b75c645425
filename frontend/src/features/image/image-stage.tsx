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
import { originalPicture, stagePicture, type Looked } from './looked.ts';
import { words } from './words.ts';

const Compare = lazy(() => import('./compare.tsx'));

interface ImageStageProps {
  readonly image: Image;
  readonly looked: Looked;
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
}

/** The picture, and the original beside it, over it, or in its place. */
export function ImageStage({ image, looked, onPrevious, onNext }: ImageStageProps) {
  const [comparing, setComparing] = useState(false);
  const [pressed, setPressed] = useState(false);
  const differs = image.current_version !== '' || looked.kind === 'version';
  const held = useHeldKey('\\') || pressed;
  const compare = () => setComparing(differs && !comparing);
  useKeys(words.page, [
    { keys: 'C', does: words.compare, run: compare },
    { keys: '\\', does: words.hold, run: () => undefined },
  ]);
  const before = originalPicture(image);
  const picture = stagePicture(image, looked);
  const after = looked.kind === 'original' ? stagePicture(image, { kind: 'unread', current: true }) : picture;
  const tools = differs && (
    <>
      <StageTool label={words.compare} pressed={comparing} onClick={compare}>
        <IconArrowsDiff size={20} stroke={1.6} />
      </StageTool>
      {!comparing && (
        <StageTool label={words.hold} onHold={setPressed}>
          <IconEye size={20} stroke={1.6} />
        </StageTool>
      )}
    </>
  );
  return (
    <div className={classes.stage}>
      {comparing && differs ? (
        <div className={classes.comparing} data-own-keys>
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
      {!comparing && <Turns onPrevious={onPrevious} onNext={onNext} />}
    </div>
  );
}
