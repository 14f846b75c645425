import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPointer } from '@tabler/icons-react';
import type { ParamSchema } from '../lib/data/catalogue.ts';
import type { ControlProps } from './control.ts';
import classes from './field.module.css';
import { NumberField } from './number-field.tsx';
import { NumbersButton } from './numbers-button.tsx';
import { words } from './words.ts';

type Corners = readonly (readonly number[])[];

const isCorners = (value: unknown): value is Corners =>
  Array.isArray(value) && value.length === 4 && value.every((corner) => Array.isArray(corner) && corner.length === 2);

const WHOLE: Corners = [
  [0, 0],
  [100, 0],
  [100, 100],
  [0, 100],
];
const EDGE: ParamSchema = { type: 'number', minimum: 0, maximum: 100, unit: '%' };

/** Four corners: dragged on the picture, or typed. */
export function CornersField({ id, value, onChange, onPicture }: ControlProps) {
  const [opened, { toggle }] = useDisclosure(false);
  const corners = isCorners(value) ? value : WHOLE;
  const put = (corner: number, axis: number, number: unknown) =>
    corners.map((point, at) => (at === corner ? point.with(axis, Number(number)) : point));
  return (
    <div>
      <div className={classes.tools}>
        {onPicture && (
          <Button variant="light" leftSection={<IconPointer size={18} stroke={1.6} />} onClick={onPicture}>
            {words.dragCorners}
          </Button>
        )}
        <NumbersButton opened={opened} onClick={toggle} />
      </div>
      {opened &&
        words.corners.map((name, corner) => (
          <div key={name} className={classes.pair}>
            <span>{name}</span>
            {['x', 'y'].map((axis, at) => (
              <NumberField
                key={axis}
                id={`${id}-${corner}-${axis}`}
                labelId={`${id}-${corner}`}
                label={`${name} ${axis}`}
                schema={EDGE}
                value={corners[corner]?.[at]}
                onChange={(number, how) => onChange(put(corner, at, number), how)}
              />
            ))}
          </div>
        ))}
    </div>
  );
}
