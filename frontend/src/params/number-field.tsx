import { NumberInput, Slider, Text } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { boundsOf, fitted, type Bounds } from './control-of.ts';
import type { ControlProps } from './control.ts';
import classes from './field.module.css';
import { positionOf, POSITIONS, scaleOf, valueAt } from './scale.ts';

const BIG_STEPS = 10;
/** The slider tells of a press a little after it. */
const PRESS_TOLD_MS = 50;

/** How far an arrow key moves a value; 0 for other keys. */
function arrow({ key, shiftKey }: KeyboardEvent, step: number): number {
  const direction = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[key] ?? 0;
  return direction * step * (shiftKey ? BIG_STEPS : 1);
}

const numberOf = (value: unknown, { min }: Bounds): number =>
  typeof value === 'number' ? value : Number.isFinite(min) ? min : 0;

/** A number within bounds: a slider, and the number to type over with its unit. */
export function SliderField(props: ControlProps) {
  const { schema, label, onChange } = props;
  const scale = scaleOf(schema, schema.default);
  const { bounds } = scale;
  const value = numberOf(props.value, bounds);
  const told = (position: number) => `${valueAt(position, scale)} ${schema.unit ?? ''}`.trim();
  const press = (event: KeyboardEvent) => {
    const by = arrow(event, bounds.step);
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    onChange(fitted(value + by, bounds), 'final');
  };
  const reset = () => {
    if (schema.default !== undefined) setTimeout(() => onChange(schema.default, 'final'), PRESS_TOLD_MS);
  };
  return (
    <div className={classes.slider}>
      <div className={classes.track} onKeyDownCapture={press} onDoubleClick={reset}>
        <Slider
          size={4}
          thumbSize={18}
          min={0}
          max={POSITIONS}
          value={positionOf(value, scale)}
          label={null}
          thumbLabel={label}
          thumbValueText={told}
          startPointValue={positionOf(numberOf(schema.default, bounds), scale)}
          onChange={(position) => onChange(valueAt(position, scale), 'live')}
          onChangeEnd={(position) => onChange(valueAt(position, scale), 'final')}
        />
      </div>
      <NumberField {...props} />
    </div>
  );
}

/** A number to type, with its unit. What is out of bounds waits until it is left, and is then put within. */
export function NumberField({ id, label, schema, value, onChange }: ControlProps) {
  const [typed, setTyped] = useState<number | string>();
  const bounds = boundsOf(schema);
  const now = numberOf(value, bounds);
  const type = (text: number | string) => {
    setTyped(text);
    if (typeof text === 'number' && fitted(text, bounds) === text) onChange(text, 'live');
  };
  const leave = () => {
    setTyped(undefined);
    if (typeof typed === 'number') onChange(fitted(typed, bounds), 'final');
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') leave();
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    setTyped(undefined);
    onChange(fitted(now + arrow(event, bounds.step), bounds), 'final');
  };
  return (
    <NumberInput
      id={id}
      aria-label={label}
      className={classes.number}
      hideControls
      withKeyboardEvents={false}
      clampBehavior="none"
      allowDecimal={schema.type !== 'integer'}
      allowNegative={bounds.min < 0}
      value={typed ?? now}
      rightSection={unitText(schema.unit)}
      rightSectionPointerEvents="none"
      rightSectionWidth={schema.unit ? 28 : 4}
      onChange={type}
      onBlur={leave}
      onKeyDown={press}
    />
  );
}

const unitText = (unit = '') =>
  unit === '' ? null : (
    <Text span c="dimmed" size="sm">
      {unit}
    </Text>
  );
