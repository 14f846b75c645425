import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ControlProps } from './control.ts';
import { words } from './words.ts';

export function TextField({ id, label, schema, value, onChange }: ControlProps) {
  const text = typeof value === 'string' ? value : '';
  return (
    <TextInput
      id={id}
      aria-label={label}
      maxLength={schema.maxLength}
      value={text}
      onChange={({ currentTarget }) => onChange(currentTarget.value, 'live')}
      onBlur={() => onChange(text, 'final')}
    />
  );
}

/** For what has no control of its own yet: the value as it is written in a recipe. */
export function JsonField({ id, label, value, onChange }: ControlProps) {
  const [typed, setTyped] = useState<string>();
  const change = (text: string) => {
    const parsed = parse(text);
    setTyped(parsed ? undefined : text);
    if (parsed) onChange(parsed.value, 'final');
  };
  return (
    <Textarea
      id={id}
      aria-label={label}
      autosize
      minRows={1}
      maxRows={8}
      ff="monospace"
      value={typed ?? JSON.stringify(value ?? null)}
      error={typed === undefined ? undefined : words.jsonExpected}
      onChange={({ currentTarget }) => change(currentTarget.value)}
      onBlur={() => setTyped(undefined)}
    />
  );
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
