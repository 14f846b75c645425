import { ActionIcon, NumberInput, Slider, Tooltip } from '@mantine/core';
import { IconRotate2, IconRotateClockwise2 } from '@tabler/icons-react';
import { useRef, useState, type PointerEvent, type ReactNode } from 'react';
import type { Point } from '../view.ts';
import { words } from '../words.ts';
import classes from './angle-tool.module.css';
import { parted, shrinkOf, tenth, turnAround, wrapped } from './angle.ts';
import { numberIn, paramOf } from './kind.ts';
import { ToolBar } from './tool-bar.tsx';
import type { ToolProps } from './tool-props.ts';

interface Drag {
  readonly centre: Point;
  readonly from: Point;
  readonly angle_deg: number;
}

/** The picture turns under a grid that stays: drag anywhere. */
export default function AngleTool({ tool, frame, box }: ToolProps) {
  const { step, operation } = tool;
  const name = paramOf(operation, 'angle') ?? '';
  const angle_deg = numberIn(step.params, operation, name);
  const [first] = useState(step.params);
  const write = (next_deg: number, how: 'live' | 'final') =>
    tool.change({ ...step.params, [name]: tenth(wrapped(next_deg)) }, how);
  const drag = useTurn(angle_deg, write);
  return (
    <>
      <div className={classes.turned} {...drag} onDoubleClick={() => write(0, 'final')}>
        <img
          src={frame.url}
          alt=""
          draggable={false}
          className={frame.transparent ? 'checkered' : ''}
          style={{ transform: `rotate(${angle_deg}deg) scale(${shrinkOf(angle_deg, box)})` }}
        />
        <Grid />
      </div>
      <ToolBar
        title={words.angle}
        onDone={tool.close}
        onCancel={() => {
          tool.change(first, 'final');
          tool.close();
        }}
      >
        <AngleControls angle_deg={angle_deg} write={write} />
      </ToolBar>
    </>
  );
}

/** Handlers that turn by dragging around the middle. */
function useTurn(angle_deg: number, write: (angle_deg: number, how: 'live' | 'final') => void) {
  const held = useRef<Drag>(undefined);
  const turned = ({ clientX: x, clientY: y }: PointerEvent): number | undefined =>
    held.current && held.current.angle_deg + turnAround(held.current.centre, held.current.from, { x, y });
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
      event.currentTarget.setPointerCapture(event.pointerId);
      const centre = { x: left + width / 2, y: top + height / 2 };
      held.current = { centre, from: { x: event.clientX, y: event.clientY }, angle_deg };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const next_deg = turned(event);
      if (next_deg !== undefined) write(next_deg, 'live');
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const next_deg = turned(event);
      const moved = next_deg !== undefined && next_deg !== held.current?.angle_deg;
      held.current = undefined;
      if (moved) write(next_deg, 'final');
    },
    onPointerCancel: () => (held.current = undefined),
  };
}

interface ControlsProps {
  readonly angle_deg: number;
  readonly write: (angle_deg: number, how: 'live' | 'final') => void;
}

function AngleControls({ angle_deg, write }: ControlsProps) {
  const { quarters, fine_deg } = parted(angle_deg);
  return (
    <>
      <Quarter label={words.turnLeft} onClick={() => write(angle_deg - 90, 'final')}>
        <IconRotate2 size={20} stroke={1.6} />
      </Quarter>
      <div className={classes.slider} onDoubleClick={() => write(quarters * 90, 'final')}>
        <Slider
          thumbLabel={words.angleFine}
          min={-45}
          max={45}
          step={0.1}
          label={null}
          startPointValue={0}
          value={fine_deg}
          marks={[{ value: 0 }]}
          onChange={(next) => next !== fine_deg && write(quarters * 90 + next, 'live')}
          onChangeEnd={(next) => write(quarters * 90 + next, 'final')}
        />
      </div>
      <Quarter label={words.turnRight} onClick={() => write(angle_deg + 90, 'final')}>
        <IconRotateClockwise2 size={20} stroke={1.6} />
      </Quarter>
      <NumberInput
        aria-label={words.angleNumber}
        value={angle_deg}
        min={-180}
        max={180}
        step={0.1}
        decimalScale={1}
        suffix="°"
        w={92}
        classNames={{ input: classes.input }}
        onChange={(next) => typeof next === 'number' && next !== angle_deg && write(next, 'final')}
      />
    </>
  );
}

function Quarter({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={40} aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

/** Fine lines every twelfth, stronger ones through the thirds and the middle. */
function Grid() {
  const lines = Array.from({ length: 11 }, (_, at) => at + 1);
  return (
    <svg className={classes.grid} viewBox="0 0 12 12" preserveAspectRatio="none" aria-hidden>
      {lines.map((at) => (
        <path key={at} d={`M${at} 0V12M0 ${at}H12`} data-strong={at % 4 === 0 || at === 6 || undefined} />
      ))}
    </svg>
  );
}
