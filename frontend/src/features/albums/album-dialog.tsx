import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import type { Album } from '../../lib/data/albums.ts';
import { useSaveAlbum } from './queries.ts';
import { words } from './words.ts';

interface AlbumDialogProps {
  /** undefined: a new one. */
  readonly album?: Album | undefined;
  readonly onClose: () => void;
  readonly onSaved: (album: Album) => void;
}

/** Its name, and what it is for. */
export default function AlbumDialog({ album, onClose, onSaved }: AlbumDialogProps) {
  const [name, setName] = useState(album?.name ?? '');
  const [description, setDescription] = useState(album?.description ?? '');
  const save = useSaveAlbum(album, onSaved);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (name.trim() !== '') save.mutate({ name: name.trim(), description: description.trim() });
  };
  return (
    <Modal opened onClose={onClose} title={album ? words.rename : words.create}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            data-autofocus
            label={words.name}
            value={name}
            maxLength={200}
            required
            withAsterisk={false}
            autoComplete="off"
            onChange={({ currentTarget: { value } }) => setName(value)}
          />
          <Textarea
            label={words.description}
            value={description}
            maxLength={2000}
            autosize
            minRows={2}
            maxRows={6}
            // The gateway keeps one line of it.
            onChange={({ currentTarget: { value } }) => setDescription(value.replace(/\s*\n\s*/g, ' '))}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {words.cancel}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
              {album ? words.save : words.create}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
