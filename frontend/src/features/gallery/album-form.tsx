import { Button, Select, Stack, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useAlbums } from '../../lib/data/albums.ts';
import type { FormProps } from './dialog.tsx';
import { useDoing } from './doing.ts';
import { words } from './words.ts';

const NEW = 'new';

/** One there is, or a new one. */
export function AlbumForm({ ids, deeds, onDone }: FormProps) {
  const albums = useAlbums();
  const known = albums.data ?? [];
  const [choice, setChoice] = useState<string | null>(null);
  const [name, setName] = useState('');
  const { busy, begin } = useDoing(onDone);
  const chosen = choice ?? (albums.isSuccess && known.length === 0 ? NEW : null);
  const album = known.find(({ id }) => id === chosen);

  const add = (event: SubmitEvent) => {
    event.preventDefault();
    begin(deeds.addTo(ids, album ?? name.trim()));
  };

  return (
    <form onSubmit={add}>
      <Stack>
        {known.length > 0 && (
          <Select
            data-autofocus
            searchable
            label={words.albumChoice}
            data={[
              { value: NEW, label: words.albumNew },
              ...known.map(({ id, name: label }) => ({ value: id, label })),
            ]}
            value={chosen}
            onChange={setChoice}
          />
        )}
        {chosen === NEW && (
          <TextInput
            data-autofocus
            autoFocus
            label={words.albumName}
            maxLength={200}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
        )}
        <Button type="submit" loading={busy} disabled={!album && (chosen !== NEW || name.trim() === '')}>
          {words.albumAdd(ids.length)}
        </Button>
      </Stack>
    </form>
  );
}
