import { Button, Group, Modal, Text } from '@mantine/core';
import { words } from './words.ts';

interface ConfirmProps {
  readonly title: string;
  readonly text: string;
  /** What it is called to do it, and not to. Default: Cancel. */
  readonly action: string;
  readonly cancel?: string;
  /** It is being done. */
  readonly busy: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something that cannot be taken back. */
export function Confirm({ title, text, action, cancel = words.cancel, busy, onConfirm, onClose }: ConfirmProps) {
  return (
    <Modal opened onClose={onClose} title={title}>
      <Text>{text}</Text>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" data-autofocus onClick={onClose}>
          {cancel}
        </Button>
        <Button color="red" loading={busy} onClick={onConfirm}>
          {action}
        </Button>
      </Group>
    </Modal>
  );
}
