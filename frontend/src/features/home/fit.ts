import type { CSSProperties } from 'react';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** As large as the box allows, whole, before and after the picture has come. */
export function fit({ width, height }: Size, box: Size): CSSProperties {
  const wide = width * box.height >= height * box.width;
  const sides = wide ? { width: '100%', height: 'auto' } : { width: 'auto', height: '100%' };
  return { ...sides, aspectRatio: `${width} / ${height}` };
}
