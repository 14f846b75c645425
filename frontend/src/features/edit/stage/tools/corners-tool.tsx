import { Button } from '@mantine/core';
import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Point, Size } from '../view.ts';
import { words } from '../words.ts';
import { cornersIn, cornersValue, WHOLE_CORNERS, withCorner, type Corners } from './corners.ts';
import classes from './corners-tool.module.css';
import { paramOf } from './kind.ts';
import { ToolBar } from './tool-bar.tsx';
import type { ToolProps } from './tool-props.ts';

const STEP = 0.2;
const LARGE_STEP = 2;
const MOVES: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** Four handles and what is between them. */
export default function CornersTool({ tool, box, frame }: ToolProps) {
  const { step, operation } = tool;
  const name = paramOf(operation, 'corners') ?? '';
  const [first] = useState(step.params);
  const [dragged, setDragged] = useState<number>();
  const corners = cornersIn(step.params[name] ?? operation.params.properties?.[name]?.default);
  const write = (next: Corners, how: 'live' | 'final') =>
    tool.change({ ...step.params, [name]: cornersValue(next) }, how);
  return (
    <div className={classes.area}>
      <Outline corners={corners} />
      {corners.map((corner, at) => (
        <Handle
          key={words.cornerNames[at]}
          name={words.cornerNames[at] ?? ''}
          corner={corner}
          onMove={(to, how) => {
            setDragged(how === 'live' ? at : undefined);
            write(withCorner(corners, at, to), how);
          }}
        />
      ))}
      {dragged !== undefined && corners[dragged] && <Loupe corner={corners[dragged]} url={frame.url} box={box} />}
      <ToolBar
        title={words.corners}
        onDone={tool.close}
        onCancel={() => {
          tool.change(first, 'final');
          tool.close();
        }}
      >
        <Button variant="subtle" color="gray" h={40} px={8} onClick={() => write(WHOLE_CORNERS, 'final')}>
          {words.wholeCorners}
        </Button>
      </ToolBar>
    </div>
  );
}

function Outline({ corners }: { corners: Corners }) {
  const points = corners.map(({ x, y }) => `${x} ${y}`).join('L');
  return (
    <svg className={classes.outline} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden>
      <path className={classes.outside} d={`M0 0H100V100H0ZM${points}Z`} fillRule="evenodd" />
      <path className={classes.line} d={`M${points}Z`} />
    </svg>
  );
}

interface HandleProps {
  readonly name: string;
  readonly corner: Point;
  readonly onMove: (to: Point, how: 'live' | 'final') => void;
}

function Handle({ name, corner, onMove }: HandleProps) {
  const pointOf = (event: PointerEvent<HTMLElement>): Point | undefined => {
    const area = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!area) return undefined;
    return { x: ((event.clientX - area.left) / area.width) * 100, y: ((event.clientY - area.top) / area.height) * 100 };
  };
  const onPointer = (how: 'live' | 'final') => (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const to = pointOf(event);
    if (to) onMove(to, how);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    const step = event.shiftKey ? LARGE_STEP : STEP;
    onMove({ x: corner.x + move.x * step, y: corner.y + move.y * step }, 'final');
  };
  return (
    <button
      type="button"
      className={classes.handle}
      aria-label={words.cornerAt(name, corner.x, corner.y)}
      style={{ left: `${corner.x}%`, top: `${corner.y}%` }}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointer('live')}
      onPointerUp={onPointer('final')}
      onKeyDown={onKeyDown}
    />
  );
}

const LOUPE_PX = 120;
const LARGER = 3;

/** What lies under the finger, larger. On the side where the finger is not. */
function Loupe({ corner, url, box }: { corner: Point; url: string; box: Size }) {
  const x = (corner.x / 100) * box.width * LARGER - LOUPE_PX / 2;
  const y = (corner.y / 100) * box.height * LARGER - LOUPE_PX / 2;
  const place = { [corner.x < 50 ? 'right' : 'left']: 8, [corner.y < 50 ? 'bottom' : 'top']: 8 };
  return (
    <div className={classes.loupe} style={{ ...place, width: LOUPE_PX, height: LOUPE_PX }} aria-hidden>
      <img
        src={url}
        alt=""
        style={{ width: box.width * LARGER, height: box.height * LARGER, transform: `translate(${-x}px, ${-y}px)` }}
      />
    </div>
  );
}
