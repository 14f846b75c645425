import type { Album } from '../../lib/data/albums.ts';
import { Confirm } from '../../ui/confirm.tsx';
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
    <Confirm
      title={words.deleteTitle(album.name)}
      text={words.deleteText}
      action={words.delete}
      busy={remove.isPending}
      onConfirm={confirm}
      onClose={onClose}
    />
  );
}
