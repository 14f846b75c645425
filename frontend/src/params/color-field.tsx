import { ColorInput } from '@mantine/core';
import { useState } from 'react';
import type { ControlProps } from './control.ts';
import { words } from './words.ts';

const SWATCHES = ['#ffffff', '#f5f5f5', '#e8e8e8', '#9a9a9a', '#000000', '#f4ede4', '#dfe7ee', '#0e6b66'];
const COLOR = /^#[0-9a-f]{6}$/i;

/** A colour: from swatches, a field of colours, the screen where the browser can, or typed. */
export function ColorField({ id, label, value, onChange }: ControlProps) {
  // What is typed is no colour until it is whole.
  const [typed, setTyped] = useState<string>();
  const now = typeof value === 'string' ? value : '';
  const change = (color: string, how: 'live' | 'final') => {
    setTyped(COLOR.test(color) ? undefined : color);
    if (COLOR.test(color) && color.toLowerCase() !== now) onChange(color.toLowerCase(), how);
  };
  return (
    <ColorInput
      id={id}
      aria-label={label}
      format="hex"
      swatches={SWATCHES}
      swatchesPerRow={8}
      value={typed ?? now}
      eyeDropperButtonProps={{ 'aria-label': words.pickFromScreen }}
      onChange={(color) => change(color, 'live')}
      onChangeEnd={(color) => COLOR.test(color) && onChange(color.toLowerCase(), 'final')}
      onBlur={() => setTyped(undefined)}
    />
  );
}
