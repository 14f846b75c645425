import { Confirm } from '../../ui/confirm.tsx';
import { useDeleteVersion, type Version } from './queries.ts';
import { words } from './words.ts';

interface DeleteVersionProps {
  readonly version: Version;
  readonly onClose: () => void;
}

/** Asks first: a version that is deleted is gone. */
export function DeleteVersion({ version: { id, image, number }, onClose }: DeleteVersionProps) {
  const remove = useDeleteVersion(image);
  return (
    <Confirm
      title={words.versions.deleteTitle(number)}
      text={words.versions.deleteText}
      action={words.versions.delete}
      busy={remove.isPending}
      onConfirm={() => remove.mutate(id, { onSettled: onClose })}
      onClose={onClose}
    />
  );
}
