import { ActionIcon, Popover, Slider, Stack, Text, Tooltip } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { sentenceOf, type Operation, type ParamSchema } from '../../../../lib/data/catalogue.ts';
import type { Params } from '../../types.ts';
import { words } from '../words.ts';
import { numberIn } from './kind.ts';
import type { BrushChoice } from './paint-canvas.tsx';

interface EdgeSlidersProps {
  readonly painter: Operation | undefined;
  readonly brush: BrushChoice;
  readonly onBrush: (brush: BrushChoice) => void;
  readonly edge: Params;
  readonly onEdge: (edge: Params) => void;
}

const isNumber = ([, { type, minimum, maximum }]: [string, ParamSchema]): boolean =>
  type === 'number' && minimum !== undefined && maximum !== undefined;

/** How soft the brush is, and how the edge of the mask is treated: every number that its operation takes. */
export function EdgeSliders({ painter, brush, onBrush, edge, onEdge }: EdgeSlidersProps) {
  const numbers = Object.entries(painter?.params.properties ?? {}).filter(isNumber);
  return (
    <Popover position="bottom" width={280} shadow="md" trapFocus>
      <Tooltip label={words.edge}>
        <Popover.Target>
          <ActionIcon size={40} aria-label={words.edge}>
            <IconAdjustmentsHorizontal size={20} stroke={1.6} />
          </ActionIcon>
        </Popover.Target>
      </Tooltip>
      <Popover.Dropdown>
        <Stack gap={16}>
          <Edge
            label={words.softness}
            text={`${Math.round(brush.softness * 100)} %`}
            help={words.softnessHelp}
            range={[0, 1, 0.05]}
            value={brush.softness}
            onChange={(softness) => onBrush({ ...brush, softness })}
          />
          {painter &&
            numbers.map(([name, schema]) => {
              const value = numberIn(edge, painter, name);
              return (
                <Edge
                  key={name}
                  label={schema.title ?? sentenceOf(name)}
                  text={`${value} ${schema.unit ?? ''}`}
                  help={schema.description ?? ''}
                  range={[schema.minimum ?? 0, schema.maximum ?? 1, 0.5]}
                  value={value}
                  onChange={(next) => onEdge({ ...edge, [name]: next })}
                />
              );
            })}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

interface EdgeProps {
  readonly label: string;
  /** The value as people read it. */
  readonly text: string;
  readonly help: string;
  readonly range: readonly [least: number, most: number, step: number];
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function Edge({ label, text, help, range: [min, max, step], value, onChange }: EdgeProps) {
  return (
    <div>
      <Text size="sm">{`${label}: ${text}`}</Text>
      <Slider thumbLabel={label} label={null} min={min} max={max} step={step} value={value} onChange={onChange} />
      <Text size="sm" c="dimmed">
        {help}
      </Text>
    </div>
  );
}
