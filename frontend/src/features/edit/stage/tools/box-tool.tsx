import { Button, NumberInput, Popover, Select, SimpleGrid, Text } from '@mantine/core';
import { useState } from 'react';
import { ReactCrop, type PercentCrop } from 'react-image-crop';
import 'react-image-crop/dist/ReactCrop.css';
import { formatNumber } from '../../../../lib/format.ts';
import { words } from '../words.ts';
import classes from './box-tool.module.css';
import { boxIn, fromPixels, paramsOf, pixelsOf, ratioOf, WHOLE, withRatio, type PercentBox } from './box.ts';
import { ToolBar } from './tool-bar.tsx';
import type { ToolProps } from './tool-props.ts';
import type { Box, Size } from '../view.ts';

const RATIOS = ['1:1', '4:3', '3:4', '16:9', '9:16'];
const CHOICES = [
  { value: 'free', label: words.ratios.free },
  { value: 'original', label: words.ratios.original },
  ...RATIOS.map((ratio) => ({ value: ratio, label: ratio })),
  { value: 'custom', label: words.ratios.custom },
];
const LABELS = {
  cropArea: words.boxArea,
  nwDragHandle: words.boxHandles.nw,
  nDragHandle: words.boxHandles.n,
  neDragHandle: words.boxHandles.ne,
  eDragHandle: words.boxHandles.e,
  seDragHandle: words.boxHandles.se,
  sDragHandle: words.boxHandles.s,
  swDragHandle: words.boxHandles.sw,
  wDragHandle: words.boxHandles.w,
};

/** A box over the picture as it is before the step, so that what was cut away can come back. */
export default function BoxTool({ tool, saved }: ToolProps) {
  const [first] = useState(tool.step.params);
  const [choice, setChoice] = useState('free');
  const [custom, setCustom] = useState({ width: 5, height: 4 });
  const box = boxIn(tool.step.params, saved);
  const write = (next: PercentBox, how: 'live' | 'final') =>
    tool.change({ ...tool.step.params, ...paramsOf(next) }, how);
  const lock = (next: string, shape = custom) => {
    setChoice(next);
    setCustom(shape);
    const locked = lockOf(next, shape, saved);
    if (locked !== undefined) write(withRatio(box, locked, saved), 'final');
  };
  return (
    <>
      <ReactCrop
        className={classes.crop}
        crop={{ unit: '%', ...box }}
        aspect={lockOf(choice, custom, saved)}
        ruleOfThirds
        keepSelection
        minWidth={8}
        minHeight={8}
        ariaLabels={LABELS}
        onChange={(_, next) => isOther(next, box) && write(next, 'live')}
        onComplete={(_, next) => write(next, 'final')}
      >
        <div className={classes.fill} />
      </ReactCrop>
      <ToolBar
        title={words.box}
        onDone={tool.close}
        onCancel={() => {
          tool.change(first, 'final');
          tool.close();
        }}
      >
        <Select
          aria-label={words.ratio}
          data={CHOICES}
          value={choice}
          onChange={(next) => next !== null && lock(next)}
          allowDeselect={false}
          w={112}
          size="sm"
          classNames={{ input: classes.input }}
        />
        {choice === 'custom' && <CustomRatio shape={custom} onChange={(shape) => lock('custom', shape)} />}
        <Numbers
          box={pixelsOf(box, saved)}
          saved={saved}
          onChange={(next) => write(fromPixels(next, saved), 'final')}
        />
        <Button variant="subtle" color="gray" h={40} px={8} onClick={() => write(WHOLE, 'final')}>
          {words.whole}
        </Button>
      </ToolBar>
    </>
  );
}

function lockOf(choice: string, custom: Size, saved: Size): number | undefined {
  if (choice === 'free') return undefined;
  if (choice === 'original') return saved.width / saved.height;
  return choice === 'custom' ? custom.width / custom.height : ratioOf(choice);
}

const isOther = (next: PercentCrop, box: PercentBox): boolean =>
  (['x', 'y', 'width', 'height'] as const).some((side) => Math.abs(next[side] - box[side]) > 0.001);

function CustomRatio({ shape, onChange }: { shape: Size; onChange: (shape: Size) => void }) {
  const side = (name: 'width' | 'height', label: string) => (
    <NumberInput
      aria-label={label}
      value={shape[name]}
      min={0.1}
      max={100}
      hideControls
      w={56}
      classNames={{ input: classes.input }}
      onChange={(value) => typeof value === 'number' && value > 0 && onChange({ ...shape, [name]: value })}
    />
  );
  return (
    <>
      {side('width', words.ratioWidth)}
      <Text aria-hidden>:</Text>
      {side('height', words.ratioHeight)}
    </>
  );
}

function Numbers({ box, saved, onChange }: { box: Box; saved: Size; onChange: (box: Box) => void }) {
  const field = (name: 'x' | 'y' | 'width' | 'height', label: string, least: number, most: number) => (
    <NumberInput
      label={label}
      value={box[name]}
      min={least}
      max={most}
      suffix=" px"
      allowDecimal={false}
      onChange={(value) => typeof value === 'number' && value !== box[name] && onChange({ ...box, [name]: value })}
    />
  );
  const size = words.size(formatNumber(box.width), formatNumber(box.height));
  return (
    <Popover position="bottom" width={280} shadow="md" trapFocus>
      <Popover.Target>
        <Button variant="default" h={40} px={12} className={classes.size} aria-label={`${size} ${words.numbers}`}>
          {size}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <SimpleGrid cols={2} spacing={8}>
          {field('x', words.left, 0, saved.width - 1)}
          {field('y', words.top, 0, saved.height - 1)}
          {field('width', words.width, 1, saved.width - box.x)}
          {field('height', words.height, 1, saved.height - box.y)}
        </SimpleGrid>
      </Popover.Dropdown>
    </Popover>
  );
}
