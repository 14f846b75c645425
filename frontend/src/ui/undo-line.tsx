import { Button, Group, Text } from '@mantine/core';

export function UndoLine({ message, label, onUndo }: { message: string; label: string; onUndo: () => void }) {
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <Text size="sm">{message}</Text>
      <Button size="compact-sm" variant="light" style={{ flex: 'none' }} onClick={onUndo}>
        {label}
      </Button>
    </Group>
  );
}
