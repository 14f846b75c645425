import { useState, type CSSProperties } from 'react';
import classes from './picture.module.css';
import { placeholderOf } from './thumbhash.ts';

interface PictureProps {
  readonly src: string;
  readonly alt: string;
  readonly thumbhash?: string | null;
  readonly width?: number;
  readonly height?: number;
  readonly className?: string;
  readonly style?: CSSProperties;
  readonly eager?: boolean;
}

/** A picture that begins blurred and sharpens. Never stretched; transparency is a checkerboard; a broken one says so. */
export function Picture({ src, alt, thumbhash, width, height, className, style, eager = false }: PictureProps) {
  const [state, setState] = useState<'loading' | 'there' | 'broken'>('loading');
  const blurred = state === 'loading' ? placeholderOf(thumbhash) : undefined;
  const background = blurred === undefined ? undefined : `center / 100% 100% no-repeat url("${blurred}")`;
  return (
    <img
      key={src}
      src={src}
      alt={state === 'broken' ? `${alt} (cannot be shown)` : alt}
      width={width}
      height={height}
      draggable={false}
      decoding="async"
      loading={eager ? 'eager' : 'lazy'}
      fetchPriority={eager ? 'high' : 'auto'}
      className={`${classes.picture} ${state === 'there' ? 'checkered' : ''} ${className ?? ''}`}
      data-state={state}
      style={{ background, ...style }}
      onLoad={() => setState('there')}
      onError={() => setState('broken')}
    />
  );
}
