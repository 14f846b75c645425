import { lazy, Suspense } from 'react';
import type { Operation } from '../../../../lib/data/catalogue.ts';
import type { Image } from '../../../../lib/data/images.ts';
import type { PictureTool } from '../../../../params/control-of.ts';
import type { ToolProps } from './tool-props.ts';

const Tools = {
  box: lazy(() => import('./box-tool.tsx')),
  angle: lazy(() => import('./angle-tool.tsx')),
  corners: lazy(() => import('./corners-tool.tsx')),
};
const PaintTool = lazy(() => import('./paint-tool.tsx'));

interface ToolOverlayProps extends ToolProps {
  readonly kind: PictureTool;
  readonly image: Image;
  readonly operations: readonly Operation[];
}

/** The tool over the picture: one per kind of parameter. */
export function ToolOverlay({ kind, image, operations, ...props }: ToolOverlayProps) {
  if (kind === 'mask')
    return (
      <Suspense>
        <PaintTool image={image} operations={operations} {...props} />
      </Suspense>
    );
  const Tool = Tools[kind];
  return (
    <Suspense>
      <Tool {...props} />
    </Suspense>
  );
}
