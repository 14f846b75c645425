import { ActionIcon, FileButton, Menu, SegmentedControl, Slider, Switch, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconContrast,
  IconDots,
  IconDownload,
  IconEraser,
  IconSquareCheck,
  IconUpload,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useExternal } from '../../../../lib/api/external.ts';
import type { Operation } from '../../../../lib/data/catalogue.ts';
import { tellProblem } from '../../../../ui/toast.ts';
import type { Params } from '../../types.ts';
import { words } from '../words.ts';
import { EdgeSliders } from './edge-sliders.tsx';
import { downloadMask, uploadedMask } from './mask-files.ts';
import type { BrushChoice } from './paint-canvas.tsx';
import classes from './paint-tool.module.css';
import type { Painting } from './painting.ts';
import { ToolBar } from './tool-bar.tsx';

export interface PaintBarProps {
  readonly painting: Painting;
  readonly painter: Operation | undefined;
  readonly brush: BrushChoice;
  readonly onBrush: (brush: BrushChoice) => void;
  readonly sizes_px: { readonly least: number; readonly most: number };
  readonly edge: Params;
  readonly onEdge: (edge: Params) => void;
  readonly tintProduct: boolean;
  readonly onTintProduct: (product: boolean) => void;
  readonly name: string;
  readonly busy: boolean;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

export function PaintBar(props: PaintBarProps) {
  const { painting, brush, onBrush, sizes_px, painter, edge, onEdge } = props;
  const { undoable, redoable, changed } = useExternal(painting);
  return (
    <ToolBar
      full
      escapes={!changed}
      title={words.paintTitle}
      busy={props.busy}
      onDone={props.onDone}
      onCancel={props.onCancel}
    >
      <SegmentedControl
        aria-label={words.brush}
        data={[
          { value: 'add', label: words.add },
          { value: 'erase', label: words.erase },
        ]}
        value={brush.erase ? 'erase' : 'add'}
        onChange={(value) => onBrush({ ...brush, erase: value === 'erase' })}
      />
      <Sliding label={words.brushSize}>
        <Slider
          thumbLabel={words.brushSize}
          min={sizes_px.least}
          max={sizes_px.most}
          scale={(value) => value}
          label={(value) => `${Math.round(value)} px`}
          value={brush.size_px}
          onChange={(size_px) => onBrush({ ...brush, size_px })}
        />
      </Sliding>
      <EdgeSliders painter={painter} brush={brush} onBrush={onBrush} edge={edge} onEdge={onEdge} />
      <Press label={words.undoStroke} disabled={undoable === 0} onClick={() => painting.undo()}>
        <IconArrowBackUp size={20} stroke={1.6} />
      </Press>
      <Press
        label={words.redoStroke}
        className={classes.wide}
        disabled={redoable === 0}
        onClick={() => painting.redo()}
      >
        <IconArrowForwardUp size={20} stroke={1.6} />
      </Press>
      <More {...props} />
    </ToolBar>
  );
}

function Sliding({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.slider}>
      <span aria-hidden>{label}</span>
      {children}
    </div>
  );
}

interface PressProps {
  readonly label: string;
  readonly className?: string | undefined;
  readonly disabled: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Press({ label, className, disabled, onClick, children }: PressProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        size={40}
        aria-label={label}
        className={`${classes.press} ${className ?? ''}`}
        disabled={disabled}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

const ICON = { size: 18, stroke: 1.6 } as const;

/** What is done to the whole mask. */
function More({ painting, name, tintProduct, onTintProduct }: PaintBarProps) {
  const upload = async (file: File | null) => {
    if (!file) return;
    const { data } = await uploadedMask(file, painting.mask);
    painting.replace(() => data);
  };
  return (
    <Menu position="bottom-end" shadow="md" width={240} keepMounted>
      <Tooltip label={words.more}>
        <Menu.Target>
          <ActionIcon size={40} aria-label={words.more}>
            <IconDots size={20} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        <Menu.Item
          closeMenuOnClick={false}
          rightSection={<Switch checked={tintProduct} readOnly tabIndex={-1} aria-hidden size="sm" />}
          aria-checked={tintProduct}
          role="menuitemcheckbox"
          onClick={() => onTintProduct(!tintProduct)}
        >
          {words.tintProduct}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconContrast {...ICON} />}
          onClick={() => painting.replace((before) => before.map((value) => 255 - value))}
        >
          {words.invert}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconSquareCheck {...ICON} />}
          onClick={() => painting.replace((before) => new Uint8Array(before.length).fill(255))}
        >
          {words.fill}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconEraser {...ICON} />}
          onClick={() => painting.replace((before) => new Uint8Array(before.length))}
        >
          {words.clear}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconDownload {...ICON} />}
          onClick={() => void downloadMask(painting.mask, words.maskName(name)).catch(tellProblem)}
        >
          {words.downloadMask}
        </Menu.Item>
        <FileButton accept="image/png,image/*" onChange={(file) => void upload(file).catch(tellProblem)}>
          {({ onClick }) => (
            <Menu.Item leftSection={<IconUpload {...ICON} />} onClick={onClick}>
              {words.uploadMask}
            </Menu.Item>
          )}
        </FileButton>
      </Menu.Dropdown>
    </Menu>
  );
}
