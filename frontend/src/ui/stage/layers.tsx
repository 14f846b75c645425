import { useState } from 'react';
import { placeholderOf } from '../thumbhash.ts';
import { words } from '../words.ts';
import classes from './stage.module.css';

interface LayersProps {
  /** The same picture, from coarse to fine. The finest that has arrived is shown. */
  readonly sources: readonly string[];
  readonly thumbhash?: string | null | undefined;
}

/** One picture that sharpens: blurred, then whatever arrives. It stands in its frame, so nothing moves. */
export function Layers({ sources, thumbhash }: LayersProps) {
  const [there, setThere] = useState<ReadonlySet<string>>(new Set());
  const [broken, setBroken] = useState<ReadonlySet<string>>(new Set());
  const best = sources.findLast((src) => there.has(src));
  const blurred = best === undefined ? placeholderOf(thumbhash) : undefined;
  if (sources.length > 0 && sources.every((src) => broken.has(src))) {
    return <span className={classes.broken}>{words.cannotShow}</span>;
  }
  return (
    <span
      className={`${classes.layers} ${best === undefined ? '' : 'checkered'}`}
      style={blurred === undefined ? undefined : { background: `center / 100% 100% url("${blurred}")` }}
    >
      {sources.map((src) => (
        <img
          key={src}
          src={src}
          alt=""
          draggable={false}
          decoding="async"
          className={classes.layer}
          data-best={src === best}
          onLoad={() => setThere((now) => new Set(now).add(src))}
          onError={() => setBroken((now) => new Set(now).add(src))}
        />
      ))}
    </span>
  );
}
