import type { CSSProperties } from 'react';
import { Layers } from './layers.tsx';
import classes from './stage.module.css';
import type { StagePicture } from './zoom-stage.tsx';

/** A picture on a stage as large as it fits, unzoomed. */
export function Fitted({ picture, label = picture.alt }: { picture: StagePicture; label?: string }) {
  return (
    <div className={classes.fitted} role="img" aria-label={label}>
      <div className={classes.frame} style={{ '--w': picture.width, '--h': picture.height } as CSSProperties}>
        <Layers key={picture.key} sources={picture.sources} thumbhash={picture.thumbhash} />
      </div>
    </div>
  );
}
