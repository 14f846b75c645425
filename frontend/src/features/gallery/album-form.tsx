import { Button, Select, Stack, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { call } from '../../lib/api/call.ts';
import { useAlbums } from '../../lib/data/albums.ts';
import { tellProblem } from '../../ui/toast.ts';
import type { FormProps } from './dialog.tsx';
import { words } from './words.ts';

const NEW = 'new';

/** One there is, or a new one. */
export function AlbumForm({ ids, deeds, onDone }: FormProps) {
  const albums = useAlbums();
  const known = albums.data ?? [];
  const [choice, setChoice] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const chosen = choice ?? (albums.isSuccess && known.length === 0 ? NEW : null);
  const album = known.find(({ id }) => id === chosen);

  const add = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const to = album ?? (await call('post /albums', { body: { name: name.trim() } }));
      void deeds.addTo(ids, to);
      onDone();
    } catch (error) {
      tellProblem(error);
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void add(event)}>
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
