import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import type { Image } from '../../lib/data/images.ts';
import type { ImageChange } from './change.ts';

interface LineFieldProps extends Pick<
  TextInputProps,
  'label' | 'aria-label' | 'placeholder' | 'classNames' | 'maxLength'
> {
  readonly image: Image;
  readonly field: 'title' | 'sku' | 'product_group';
  readonly onSave: (read: Image, change: ImageChange) => void;
}

interface Typed {
  readonly text: string;
  readonly read: Image;
}

/** One line of text that is saved when it is left or confirmed; Escape leaves it as it was. */
export function LineField({ image, field, onSave, ...input }: LineFieldProps) {
  const [typed, setTyped] = useState<Typed>();
  const end = () => {
    const text = typed?.text.trim();
    if (typed && text !== undefined && text !== typed.read[field]) onSave(typed.read, { [field]: text });
    setTyped(undefined);
  };
  return (
    <TextInput
      {...input}
      autoComplete="off"
      value={typed?.text ?? image[field]}
      onFocus={() => setTyped({ text: image[field], read: image })}
      onChange={({ currentTarget: { value } }) => setTyped({ text: value, read: typed?.read ?? image })}
      onBlur={end}
      onKeyDown={({ key, currentTarget }) => {
        if (key === 'Enter') currentTarget.blur();
        if (key === 'Escape') setTyped(undefined);
      }}
    />
  );
}
