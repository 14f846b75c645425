import { TagsInput, type TagsInputProps } from '@mantine/core';
import { useState } from 'react';
import { useFacets } from '../lib/data/facets.ts';

const MOST = 50;
const LONGEST = 60;
const SUGGESTED = 20;
/** As high as the room inside: what is written stands in the middle, like in other fields. */
const FIELD_PX = 26;

interface TagsFieldProps extends Pick<TagsInputProps, 'label' | 'description' | 'placeholder'> {
  readonly 'data-autofocus'?: boolean;
  readonly value: readonly string[];
  readonly onChange: (tags: string[]) => void;
}

/** Tags, with those there are to choose from: Enter, a comma, or leaving the field ends one. */
export function TagsField({ value, onChange, ...looks }: TagsFieldProps) {
  const known = useFacets().data?.tags.map((tag) => tag.value) ?? [];
  const [opened, setOpened] = useState(false);
  // What was chosen is chosen: the list does not go on covering what stands below.
  const choose = (tags: string[]) => {
    setOpened(false);
    onChange(tags);
  };
  return (
    <TagsInput
      {...looks}
      styles={{ inputField: { minHeight: FIELD_PX } }}
      value={[...value]}
      onChange={choose}
      dropdownOpened={opened}
      onDropdownOpen={() => setOpened(true)}
      onDropdownClose={() => setOpened(false)}
      data={known}
      limit={SUGGESTED}
      maxTags={MOST}
      maxLength={LONGEST}
      splitChars={[',']}
      clearable={false}
      acceptValueOnBlur
    />
  );
}
