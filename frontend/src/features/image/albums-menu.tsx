import { Button, Checkbox, Group, Popover, ScrollArea, Stack, Text, TextInput } from '@mantine/core';
import { IconAlbum } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { call } from '../../lib/api/call.ts';
import { createAlbum, useAlbums } from '../../lib/data/albums.ts';
import { useImagesChanged, type Image } from '../../lib/data/images.ts';
import { tellProblem } from '../../ui/toast.ts';
import { BarButton } from './bar-button.tsx';
import { words } from './words.ts';

const SHOWN_ROWS_PX = 280;

/** The albums the picture is in, switched on and off, and a new one. */
export function AlbumsMenu({ image }: { image: Image }) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={300} trapFocus returnFocus>
      <Popover.Target>
        <BarButton icon={IconAlbum} label={words.albums} onClick={() => setOpened(!opened)} />
      </Popover.Target>
      <Popover.Dropdown>
        <AlbumList image={image} />
      </Popover.Dropdown>
    </Popover>
  );
}

function AlbumList({ image }: { image: Image }) {
  const albums = useAlbums();
  const put = usePut(image.id);
  return (
    <Stack gap="sm">
      {albums.data?.length === 0 && (
        <Text size="sm" c="dimmed">
          {words.noAlbums}
        </Text>
      )}
      <ScrollArea.Autosize mah={SHOWN_ROWS_PX}>
        {albums.data?.map(({ id, name }) => (
          <Checkbox
            key={id}
            label={name}
            py={10}
            styles={{ label: { overflowWrap: 'anywhere' } }}
            disabled={put.isPending}
            checked={image.albums.includes(id)}
            onChange={({ currentTarget: { checked } }) => put.mutate({ album: id, inside: checked })}
          />
        ))}
      </ScrollArea.Autosize>
      <NewAlbum
        pending={put.isPending}
        onCreate={(name, onCreated) => put.mutate({ name }, { onSuccess: onCreated })}
      />
    </Stack>
  );
}

function NewAlbum({
  pending,
  onCreate,
}: {
  pending: boolean;
  onCreate: (name: string, onCreated: () => void) => void;
}) {
  const [name, setName] = useState('');
  const create = (event: SubmitEvent) => {
    event.preventDefault();
    if (name.trim() !== '') onCreate(name.trim(), () => setName(''));
  };
  return (
    <form onSubmit={create}>
      <Group gap="sm" wrap="nowrap">
        <TextInput
          flex={1}
          aria-label={words.newAlbumHint}
          placeholder={words.newAlbum}
          maxLength={200}
          value={name}
          onChange={({ currentTarget: { value } }) => setName(value)}
        />
        <Button type="submit" variant="default" loading={pending} disabled={name.trim() === ''}>
          {words.create}
        </Button>
      </Group>
    </form>
  );
}

type Put = { readonly name: string } | { readonly album: string; readonly inside: boolean };

function usePut(image: string) {
  const changed = useImagesChanged();
  const body = { ids: [image] };
  return useMutation({
    mutationFn: async (put: Put) => {
      if ('album' in put && !put.inside) return call('delete /albums/:id/images', { params: { id: put.album }, body });
      const id = 'album' in put ? put.album : (await createAlbum(put.name)).id;
      return call('post /albums/:id/images', { params: { id }, body });
    },
    onSuccess: () => void changed(),
    onError: tellProblem,
  });
}
