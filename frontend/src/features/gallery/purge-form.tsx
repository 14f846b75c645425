import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import type { FormProps } from './dialog.tsx';
import { useDoing } from './doing.ts';
import { words } from './words.ts';

/** There is no way back: one types a word first. */
export function PurgeForm({ ids, deeds, onDone, onCancel }: FormProps & { readonly onCancel: () => void }) {
  const [typed, setTyped] = useState('');
  const { busy, begin } = useDoing(onDone);
  const { trashPage } = words;
  const purge = (event: SubmitEvent) => {
    event.preventDefault();
    begin(deeds.purge(ids));
  };
  return (
    <form onSubmit={purge}>
      <Stack>
        <Text>{trashPage.purgeText}</Text>
        <TextInput
          data-autofocus
          autoComplete="off"
          label={trashPage.purgeType}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {trashPage.cancel}
          </Button>
          <Button
            type="submit"
            color="red"
            loading={busy}
            disabled={typed.trim().toLowerCase() !== trashPage.purgeWord}
          >
            {trashPage.purge}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
