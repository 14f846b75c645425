import { useEffect, useState } from 'react';
import { Handle, HandleRoot, Item, Provider, Root } from 'react-compare-slider/components';
import { useReactCompareSlider } from 'react-compare-slider/hooks';
import classes from './before-after.module.css';
import { fit } from './fit.ts';
import { glide, STRETCH_MS } from './glide.ts';
import { words } from './words.ts';

export interface Side {
  readonly src: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
}

interface BeforeAfterProps {
  readonly before: Side;
  readonly after: Side;
  /** What was done, for who cannot see it. width and height: the shape of the box they lie in. */
  readonly what: string;
  readonly width: number;
  readonly height: number;
  /** It is the first thing one sees. */
  readonly eager?: boolean;
  /** The line moves by itself, once, when it is first seen. */
  readonly gliding?: boolean;
}

const MIDDLE_PERCENT = 50;
const BUTTON = {
  width: 40,
  height: 40,
  gap: 6,
  border: '1px solid rgb(255 255 255 / 70%)',
  backgroundColor: 'rgb(27 27 31 / 55%)',
  backdropFilter: 'none',
};
const LINES = { width: 1, boxShadow: '0 0 3px rgb(0 0 0 / 45%)' };

/** Two pictures of one thing, and a line between that is moved by hand or keys. */
export function BeforeAfter({ before, after, what, width, height, eager = false, gliding = false }: BeforeAfterProps) {
  const [moving, setMoving] = useState(false);
  const slider = useReactCompareSlider({
    defaultPosition: MIDDLE_PERCENT,
    ...(moving && { transition: `${STRETCH_MS}ms ease-in-out` }),
  });
  const { rootRef, setPosition } = slider;
  useEffect(() => {
    const root = rootRef.current;
    return gliding && root ? glide(root, { move: setPosition, tell: setMoving }) : undefined;
  }, [gliding, rootRef, setPosition]);
  const box = { width, height };
  const looks = {
    draggable: false,
    decoding: 'async',
    loading: eager ? 'eager' : 'lazy',
    fetchPriority: eager ? 'high' : 'auto',
  } as const;
  return (
    <Provider {...slider}>
      <Root className={classes.slider} style={{ aspectRatio: `${width} / ${height}` }}>
        <Item item="itemOne">
          <img {...looks} {...before} style={fit(before, box)} className={classes.side} />
        </Item>
        <Item item="itemTwo">
          <img {...looks} {...after} style={fit(after, box)} className={`${classes.side} checkered`} />
        </Item>
        <HandleRoot className={classes.handle} aria-label={words.handle(what)}>
          <Handle buttonStyle={BUTTON} linesStyle={LINES} />
        </HandleRoot>
        <span className={classes.left} aria-hidden>
          {words.before}
        </span>
        <span className={classes.right} aria-hidden>
          {words.after}
        </span>
      </Root>
    </Provider>
  );
}
