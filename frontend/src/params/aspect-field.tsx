import { Autocomplete } from '@mantine/core';
import { useState } from 'react';
import type { ControlProps } from './control.ts';
import { words } from './words.ts';

const RATIOS = ['1:1', '4:5', '5:4', '3:4', '4:3', '2:3', '3:2', '9:16', '16:9'];
const ASPECT = /^(\d{1,4}(?:\.\d{1,3})?):(\d{1,4}(?:\.\d{1,3})?)$/;
const WIDEST = 20;

export function isAspect(text: string): boolean {
  const [, width = '', height = ''] = ASPECT.exec(text) ?? [];
  const ratio = Number(width) / Number(height);
  return ratio >= 1 / WIDEST && ratio <= WIDEST;
}

/** Width to height: one of the common ones, or any that is typed. */
export function AspectField({ id, label, value, onChange }: ControlProps) {
  const [typed, setTyped] = useState<string>();
  const change = (text: string) => {
    const aspect = text.trim().replace(/[x×/]/, ':');
    setTyped(isAspect(aspect) ? undefined : text);
    if (isAspect(aspect)) onChange(aspect, 'final');
  };
  return (
    <Autocomplete
      id={id}
      aria-label={label}
      data={RATIOS}
      // All of them stay in sight while one is chosen.
      filter={({ options }) => options}
      value={typed ?? (typeof value === 'string' ? value : '')}
      error={typed === undefined ? undefined : words.aspectExpected}
      onChange={change}
      onBlur={() => setTyped(undefined)}
    />
  );
}
