import { Button, Group, Modal, Text } from '@mantine/core';
import type { Album } from '../../lib/data/albums.ts';
import { useDeleteAlbum } from './queries.ts';
import { words } from './words.ts';

interface DeleteDialogProps {
  readonly album: Album;
  readonly onClose: () => void;
  readonly onDeleted?: (() => void) | undefined;
}

/** Asks first: who got a link loses it. */
export default function DeleteDialog({ album, onClose, onDeleted }: DeleteDialogProps) {
  const remove = useDeleteAlbum();
  const confirm = () =>
    remove.mutate(album, {
      onSuccess: () => {
        onClose();
        onDeleted?.();
      },
    });
  return (
    <Modal opened onClose={onClose} title={words.deleteTitle(album.name)}>
      <Text>{words.deleteText}</Text>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" data-autofocus onClick={onClose}>
          {words.cancel}
        </Button>
        <Button color="red" loading={remove.isPending} onClick={confirm}>
          {words.delete}
        </Button>
      </Group>
    </Modal>
  );
}
