import { Button, Stack } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { TagsField } from '../../ui/tags-field.tsx';
import type { FormProps } from './dialog.tsx';
import { useDoing } from './doing.ts';
import { words } from './words.ts';

export function TagsForm({ ids, deeds, onDone }: FormProps) {
  const [add, setAdd] = useState<string[]>([]);
  const [remove, setRemove] = useState<string[]>([]);
  const { busy, begin } = useDoing(onDone);
  const change = (event: SubmitEvent) => {
    event.preventDefault();
    begin(deeds.tag(ids, add, remove));
  };
  return (
    <form onSubmit={change}>
      <Stack>
        <TagsField data-autofocus label={words.tagsAdd} description={words.tagsHint} value={add} onChange={setAdd} />
        <TagsField label={words.tagsRemove} description={words.tagsHint} value={remove} onChange={setRemove} />
        <Button type="submit" loading={busy} disabled={add.length + remove.length === 0}>
          {words.tagsSave(ids.length)}
        </Button>
      </Stack>
    </form>
  );
}
