import { Button } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { words } from './words.ts';

/** Unfolds the numbers of what is set on the picture. */
export function NumbersButton({ opened, onClick }: { opened: boolean; onClick: () => void }) {
  const Glyph = opened ? IconChevronDown : IconChevronRight;
  return (
    <Button
      variant="subtle"
      color="gray"
      px="sm"
      aria-expanded={opened}
      leftSection={<Glyph size={18} stroke={1.6} aria-hidden />}
      onClick={onClick}
    >
      {words.numbers}
    </Button>
  );
}
