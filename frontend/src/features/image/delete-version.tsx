import { Button, Group, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { toast } from '../../ui/toast.ts';
import { useDeleteVersion, type Version } from './queries.ts';
import { words } from './words.ts';

interface DeleteVersionProps {
  readonly image: string;
  /** undefined: nothing is asked. */
  readonly version: Version | undefined;
  readonly onClose: () => void;
}

/** Asks first: a version that is deleted is gone. */
export function DeleteVersion({ image, version, onClose }: DeleteVersionProps) {
  const remove = useDeleteVersion(image);
  const [last, setLast] = useState(version);
  // It stays readable while it fades.
  if (version && version !== last) setLast(version);
  const confirm = () => {
    if (!version) return;
    remove.mutate(version.id, {
      onSuccess: () => toast({ message: words.versions.deleted }),
      onSettled: onClose,
    });
  };
  return (
    <Modal opened={version !== undefined} onClose={onClose} title={words.versions.deleteTitle(last?.number ?? 0)}>
      <Text>{words.versions.deleteText}</Text>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" data-autofocus onClick={onClose}>
          {words.versions.cancel}
        </Button>
        <Button color="red" loading={remove.isPending} onClick={confirm}>
          {words.versions.delete}
        </Button>
      </Group>
    </Modal>
  );
}
