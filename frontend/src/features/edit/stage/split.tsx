import { ReactCompareSlider, ReactCompareSliderHandle } from 'react-compare-slider';
import type { CSSProperties } from 'react';
import type { Frame } from './frames.ts';
import classes from './split.module.css';
import { words } from './words.ts';

interface SplitProps {
  readonly original: Frame;
  readonly result: Frame;
  /** What lies behind the result. */
  readonly ground: CSSProperties | undefined;
  readonly name: string;
}

/** Both pictures on one place, with a border between them that is dragged or moved by arrow keys. */
export default function Split({ original, result, ground, name }: SplitProps) {
  return (
    <>
      <ReactCompareSlider
        className={classes.split}
        onlyHandleDraggable
        keyboardIncrement="2%"
        handle={<ReactCompareSliderHandle aria-hidden className={classes.handle} />}
        itemOne={
          <div className={classes.side}>
            <img src={original.url} alt={words.originalOf(name)} draggable={false} />
          </div>
        }
        itemTwo={
          <div className={`${classes.side} ${result.transparent && !ground ? 'checkered' : ''}`} style={ground}>
            <img src={result.url} alt={words.pictureOf(name)} draggable={false} />
          </div>
        }
      />
      <span className={classes.left}>{words.original}</span>
      <span className={classes.right}>{words.result}</span>
    </>
  );
}
