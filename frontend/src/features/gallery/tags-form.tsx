import { Button, Stack, TagsInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useFacets } from '../../lib/data/facets.ts';
import type { FormProps } from './dialog.tsx';
import { words } from './words.ts';

const MOST = 50;
const LONGEST = 60;

export function TagsForm({ ids, deeds, onDone }: FormProps) {
  const facets = useFacets();
  const [add, setAdd] = useState<string[]>([]);
  const [remove, setRemove] = useState<string[]>([]);
  const known = (facets.data?.tags ?? []).map(({ value }) => value);
  const change = (event: SubmitEvent) => {
    event.preventDefault();
    void deeds.tag(ids, add, remove);
    onDone();
  };
  const shared = { data: known, maxTags: MOST, maxLength: LONGEST, splitChars: [','], description: words.tagsHint };
  return (
    <form onSubmit={change}>
      <Stack>
        <TagsInput {...shared} data-autofocus acceptValueOnBlur label={words.tagsAdd} value={add} onChange={setAdd} />
        <TagsInput {...shared} acceptValueOnBlur label={words.tagsRemove} value={remove} onChange={setRemove} />
        <Button type="submit" disabled={add.length + remove.length === 0}>
          {words.tagsSave(ids.length)}
        </Button>
      </Stack>
    </form>
  );
}
