import { Tooltip, UnstyledButton } from '@mantine/core';
import { IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatShare } from '../../lib/format.ts';
import { words } from '../words.ts';
import { StageTool } from './stage-tool.tsx';
import classes from './stage.module.css';

interface ZoomToolsProps {
  /** Of the actual size: 1 is one pixel a pixel. */
  readonly share: number;
  readonly zoomed: boolean;
  readonly onIn: () => void;
  readonly onOut: () => void;
  readonly onToggle: () => void;
  readonly children?: ReactNode;
}

/** Floats over the lower edge of a stage. */
export function ZoomTools({ share, zoomed, onIn, onOut, onToggle, children }: ZoomToolsProps) {
  return (
    <div className={classes.tools} role="toolbar" aria-label={words.stage.title} data-at-floor>
      <StageTool label={words.stage.zoomOut} onClick={onOut} disabled={!zoomed}>
        <IconZoomOut size={20} stroke={1.6} />
      </StageTool>
      <Tooltip label={zoomed ? words.stage.fit : words.stage.closer}>
        <UnstyledButton className={classes.share} onClick={onToggle}>
          {formatShare(share)}
        </UnstyledButton>
      </Tooltip>
      <StageTool label={words.stage.zoomIn} onClick={onIn}>
        <IconZoomIn size={20} stroke={1.6} />
      </StageTool>
      {children}
    </div>
  );
}
