import classes from './skeleton.module.css';
import { words } from './words.ts';

const ROWS = [
  [1.5, 1, 0.75, 1.33, 1],
  [1, 1.33, 1.5, 0.75, 1],
  [0.75, 1.5, 1, 1, 1.33],
  [1.33, 1, 1.5, 1, 0.75],
] as const;

/** Tiles where pictures will be. */
export function Skeleton() {
  return (
    <div className={classes.skeleton} role="status" aria-label={words.loading}>
      {ROWS.map((row) => (
        <div key={row.join()} className={classes.row}>
          {row.map((ratio, at) => (
            <span key={at} className={classes.tile} style={{ flex: ratio }} />
          ))}
        </div>
      ))}
    </div>
  );
}
