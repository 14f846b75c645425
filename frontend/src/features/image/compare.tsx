import { ReactCompareSlider } from 'react-compare-slider';
import { Fitted } from '../../ui/stage/fitted.tsx';
import type { StagePicture } from '../../ui/stage/zoom-stage.tsx';
import classes from './image-view.module.css';
import { words } from './words.ts';

/** The original at the left of a line that can be dragged, what became of it at the right. */
export default function Compare({ before, after }: { before: StagePicture; after: StagePicture }) {
  return (
    <>
      <ReactCompareSlider
        className={classes.compare}
        itemOne={<Fitted picture={before} label={words.before} />}
        itemTwo={<Fitted picture={after} label={words.after} />}
      />
      <span className={classes.before}>{words.before}</span>
      <span className={classes.after}>{words.after}</span>
    </>
  );
}
